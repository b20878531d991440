import { defect } from "./defect.ts"
import { changeParameters, parametersOf } from "./rewriting.ts"

export const countZeroMeansAll = defect({
  name: "count-zero-means-all",
  title: "count=0 is read as: no limit",
  seen: "if (count) in the code; RFC7644-3.4.2.4-05",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      parametersOf(request).get("count") === "0"
        ? await changeParameters(request, (parameters) => parameters.delete("count"))
        : request,
    ),
})
