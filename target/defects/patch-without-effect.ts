import { defect } from "./defect.ts"

export const patchWithoutEffect = defect({
  name: "patch-without-effect",
  title: "PATCH is answered with 204 and changes nothing",
  seen: "Cogtrix #122: active=false answered 200 and did nothing; authentik #24173",
  level: "must",
  wrap: (next) => async (request) => (request.method === "PATCH" ? new Response(null, { status: 204 }) : next(request)),
})
