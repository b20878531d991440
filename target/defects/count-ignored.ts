import { defect } from "./defect.ts"
import { changeParameters, parametersOf } from "./rewriting.ts"

export const countIgnored = defect({
  name: "count-ignored",
  title: "count is ignored, and every page goes on to the end",
  seen: "lists without paging; RFC7644-3.4.2.4-03",
  level: "must",
  wrap: (next) => async (request) => {
    const count = parametersOf(request).get("count")
    if (count === null || count === "0") return next(request)
    return next(await changeParameters(request, (parameters) => parameters.delete("count")))
  },
})
