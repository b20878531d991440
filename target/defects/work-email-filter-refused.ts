import { defect } from "./defect.ts"
import { parametersOf, refuse } from "./rewriting.ts"

export const workEmailFilterRefused = defect({
  name: "work-email-filter-refused",
  title: 'Filters such as emails[type eq "work"].value eq "x" are refused',
  seen: "RFC7644-3.4.2.2-27: the form is outside the grammar; Entra's mappings write it (WIRE-045)",
  level: "should",
  wrap: (next) => async (request) =>
    parametersOf(request).get("filter")?.includes("].") === true
      ? refuse(400, "The filter cannot be parsed.", "invalidFilter")
      : next(request),
})
