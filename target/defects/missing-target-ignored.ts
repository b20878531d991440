import { defect } from "./defect.ts"
import { bodyOf } from "./rewriting.ts"

export const missingTargetIgnored = defect({
  name: "missing-target-ignored",
  title: "A path whose filter selects nothing is answered with 204",
  seen: "Cogtrix #432: paths that lead nowhere silently accepted",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isNoTarget = request.method === "PATCH" && (await bodyOf(answer))["scimType"] === "noTarget"
    return isNoTarget ? new Response(null, { status: 204 }) : answer
  },
})
