import { defect } from "./defect.ts"
import { changeAnswer, listIn, parametersOf, routeOf } from "./rewriting.ts"

export const discoveryPaged = defect({
  name: "discovery-paged",
  title: "/Schemas and /ResourceTypes are paged like users",
  seen: "one list function for all endpoints; scim2/test-suite asks (discovery_ignores_query_params)",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    if (!/^GET \/(Schemas|ResourceTypes)$/.test(routeOf(request))) return answer
    const start = Number(parametersOf(request).get("startIndex") ?? 1) - 1
    const count = Number(parametersOf(request).get("count") ?? 100)
    return changeAnswer(answer, (body) => ({
      ...body,
      Resources: listIn(body, "Resources").slice(start, start + count),
    }))
  },
})
