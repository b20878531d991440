import { defect } from "./defect.ts"
import { bodyOf, refuse, routeOf } from "./rewriting.ts"

export const emptySearch404 = defect({
  name: "empty-search-404",
  title: "A search that finds nobody is answered with 404",
  seen: "the most common Entra failure (Microsoft Q&A 1611014); WIRE-217: quarantine",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isEmpty = /^GET \/(Users|Groups)$/.test(routeOf(request)) && (await bodyOf(answer))["totalResults"] === 0
    return isEmpty ? refuse(404, "No resource matches the filter.") : answer
  },
})
