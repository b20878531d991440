import { defect } from "./defect.ts"
import { parametersOf, refuse } from "./rewriting.ts"

export const filterNamesCaseSensitive = defect({
  name: "filter-names-case-sensitive",
  title: "Filters with attribute names or operators in capitals are refused",
  seen: "patterns like /userName eq/ in the code; case-insensitivity is a requirement of scim2/test-suite",
  level: "must",
  wrap: (next) => async (request) => {
    const filter = parametersOf(request).get("filter") ?? ""
    const isCapital = /^[A-Z]/.test(filter) || / (EQ|NE|CO|SW|EW|PR|GT|GE|LT|LE|AND|OR)\b/.test(filter)
    return isCapital ? refuse(400, "The filter cannot be parsed.", "invalidFilter") : next(request)
  },
})
