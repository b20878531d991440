import { defect } from "./defect.ts"
import { keepResources, bodyOf, refuse, routeOf } from "./rewriting.ts"

export const inactiveHidden = defect({
  name: "inactive-hidden",
  title: "Users who were disabled are found no more, neither by search nor by id",
  seen: "soft delete as a filter of the application; WIRE-079: not found, created, 409, for ever",
  level: "entra",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isInactive = (await bodyOf(answer))["active"] === false
    if (routeOf(request) === "GET /Users/{id}" && isInactive) return refuse(404, "There is no such user.")
    if (routeOf(request) !== "GET /Users") return answer
    return keepResources(answer, (resource) => resource["active"] !== false)
  },
})
