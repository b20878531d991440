import { defect } from "./defect.ts"
import { filterOf } from "./filter-changes.ts"
import { changeParameters, keepResources, textIn } from "./rewriting.ts"

export const wildcardsInValues = defect({
  name: "wildcards-in-values",
  title: "Percent sign and underscore in the value of a filter stand for anything",
  seen: "eq implemented with LIKE; RFC7644-3.4.2.2-25",
  level: "must",
  wrap: (next) => async (request) => {
    const filter = filterOf(request)
    if (filter?.kind !== "compare" || filter.operator !== "eq" || filter.path.name !== "userName") return next(request)
    const like = toPattern(String(filter.value))
    const everybody = await next(await changeParameters(request, (parameters) => parameters.delete("filter")))
    return keepResources(everybody, (resource) => like.test(textIn(resource, "userName")))
  },
})

function toPattern(value: string): RegExp {
  const literal = value.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
  return new RegExp(`^${literal.replaceAll("%", ".*").replaceAll("_", ".")}$`, "isu")
}
