import { defect } from "./defect.ts"
import { refuse, routeOf } from "./rewriting.ts"

export const unknownId400 = defect({
  name: "unknown-id-400",
  title: "An unknown id is answered with 400 instead of 404",
  seen: "known cause E4 of scim-sanity",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isMissing = answer.status === 404 && routeOf(request).endsWith("/{id}")
    return isMissing ? refuse(400, "The id is not valid.", "invalidValue") : answer
  },
})
