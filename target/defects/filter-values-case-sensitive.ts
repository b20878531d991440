import { defect } from "./defect.ts"
import { filterOf } from "./filter-changes.ts"
import { keepResources } from "./rewriting.ts"

export const filterValuesCaseSensitive = defect({
  name: "filter-values-case-sensitive",
  title: "userName eq finds a user only in the exact letter case",
  seen: "jelhub/scimgateway #89; thomaspoignant/scim2-parse-filter #115",
  level: "must",
  wrap: (next) => async (request) => {
    const filter = filterOf(request)
    const answer = await next(request)
    if (filter?.kind !== "compare" || filter.operator !== "eq" || filter.path.sub !== undefined) return answer
    const { path, value } = filter
    return keepResources(answer, (resource) => {
      const name = Object.keys(resource).find((key) => key.toLowerCase() === path.name.toLowerCase()) ?? ""
      return typeof resource[name] !== "string" || resource[name] === value
    })
  },
})
