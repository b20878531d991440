import { defect } from "./defect.ts"
import { parametersOf, refuse } from "./rewriting.ts"

export const negativeCountRefused = defect({
  name: "negative-count-refused",
  title: "A negative count is refused",
  seen: "validation by the framework; RFC7644-3.4.2.4-04, C-44",
  level: "must",
  wrap: (next) => async (request) =>
    Number(parametersOf(request).get("count")) < 0
      ? refuse(400, "count must not be negative.", "invalidValue")
      : next(request),
})
