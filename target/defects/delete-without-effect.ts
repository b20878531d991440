import { defect } from "./defect.ts"

export const deleteWithoutEffect = defect({
  name: "delete-without-effect",
  title: "DELETE is answered with 204 and does nothing",
  seen: "deprovisioning switched off and not said; langwatch #6972: offboarding silently stopped",
  level: "must",
  wrap: (next) => async (request) =>
    request.method === "DELETE" ? new Response(null, { status: 204 }) : next(request),
})
