import { defect } from "./defect.ts"
import { filterOf } from "./filter-changes.ts"
import { parametersOf, refuse } from "./rewriting.ts"

export const invalidFilter500 = defect({
  name: "invalid-filter-500",
  title: "A filter that cannot be parsed ends in 500",
  seen: "the parser's exception, which nobody catches; authentik #25837 shows what an administrator sees of it",
  level: "must",
  wrap: (next) => async (request) => {
    const isBroken = parametersOf(request).has("filter") && filterOf(request) === undefined
    return isBroken ? refuse(500, "Cannot read properties of undefined") : next(request)
  },
})
