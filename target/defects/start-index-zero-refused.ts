import { defect } from "./defect.ts"
import { parametersOf, refuse } from "./rewriting.ts"

export const startIndexZeroRefused = defect({
  name: "start-index-zero-refused",
  title: "A startIndex of 0 is refused",
  seen: "validation by the framework; scim2/test-suite asks (start_index_zero)",
  level: "must",
  wrap: (next) => async (request) =>
    Number(parametersOf(request).get("startIndex") ?? 1) < 1
      ? refuse(400, "startIndex must be at least 1.", "invalidValue")
      : next(request),
})
