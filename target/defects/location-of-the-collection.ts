import { defect } from "./defect.ts"
import { routeOf, withHeaders } from "./rewriting.ts"

export const locationOfTheCollection = defect({
  name: "location-of-the-collection",
  title: "Location names the collection instead of the new resource",
  seen: "common where a framework fills Location from the request's URL; RFC7644-3.3-06",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isCreated = routeOf(request).startsWith("POST /") && answer.status === 201
    return isCreated ? withHeaders(answer, { location: request.url }) : answer
  },
})
