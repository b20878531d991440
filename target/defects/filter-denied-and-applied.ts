import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { changeAnswer, routeOf } from "./rewriting.ts"

export const filterDeniedAndApplied = defect({
  name: "filter-denied-and-applied",
  title: "Filters work, and ServiceProviderConfig says that they do not",
  seen: "a ServiceProviderConfig that nobody kept up; RFC7644-4-07",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    if (routeOf(request) !== "GET /ServiceProviderConfig") return answer
    return changeAnswer(answer, (body) => {
      const { filter } = body
      return isJsonObject(filter) ? { ...body, filter: { ...filter, supported: false } } : body
    })
  },
})
