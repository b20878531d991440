import { defect } from "./defect.ts"
import { changeParameters, parametersOf } from "./rewriting.ts"
import { filterOf } from "./filter-changes.ts"

export const invalidFilterIgnored = defect({
  name: "invalid-filter-ignored",
  title: "A filter that cannot be parsed finds everybody",
  seen: "parsers whose failure means: no filter; RFC7644-3.4.2.2-16",
  level: "must",
  wrap: (next) => async (request) => {
    const isBroken = parametersOf(request).has("filter") && filterOf(request) === undefined
    return next(isBroken ? await changeParameters(request, (parameters) => parameters.delete("filter")) : request)
  },
})
