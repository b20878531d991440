import { defect } from "./defect.ts"
import { bodyOf, routeOf } from "./rewriting.ts"

export const emptySearchWithoutBody = defect({
  name: "empty-search-without-body",
  title: "A search that finds nobody is answered with 204",
  seen: "frameworks that turn an empty result into 204; WIRE-061: a body that is no ListResponse fails the probe",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isEmpty = /^GET \/(Users|Groups)$/.test(routeOf(request)) && (await bodyOf(answer))["totalResults"] === 0
    return isEmpty ? new Response(null, { status: 204 }) : answer
  },
})
