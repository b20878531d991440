import { defect } from "./defect.ts"
import { ask, idOf, routeOf } from "./rewriting.ts"

export const idsFoundAtAnyEndpoint = defect({
  name: "ids-found-at-any-endpoint",
  title: "A user is also returned from /Groups/{id}",
  seen: "one table for all resources; endpoint isolation is a section of pranems/SCIMServer's live checks",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isMissing = answer.status === 404 && routeOf(request) === "GET /Groups/{id}"
    return isMissing ? ask(next, request, { path: `/Users/${idOf(request)}` }) : answer
  },
})
