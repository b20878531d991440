import { defect } from "./defect.ts"
import { parametersOf, refuse } from "./rewriting.ts"

export const referenceCheckRefused = defect({
  name: "reference-check-refused",
  title: "Filters on manager and members are refused",
  seen: "filters made for one column; AWS IAM Identity Center documents exactly these searches (WIRE-135)",
  level: "should",
  wrap: (next) => async (request) =>
    /\b(manager|members) eq\b/.test(parametersOf(request).get("filter") ?? "")
      ? refuse(400, "The attribute cannot be searched for.", "invalidFilter")
      : next(request),
})
