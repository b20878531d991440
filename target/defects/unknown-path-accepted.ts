import { defect } from "./defect.ts"
import { bodyOf } from "./rewriting.ts"

export const unknownPathAccepted = defect({
  name: "unknown-path-accepted",
  title: "A PATCH of an attribute that does not exist is answered with success",
  seen: "Cogtrix #432: invalid paths silently accepted",
  level: "should",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isInvalid = request.method === "PATCH" && (await bodyOf(answer))["scimType"] === "invalidPath"
    return isInvalid ? new Response(null, { status: 204 }) : answer
  },
})
