import { defect } from "./defect.ts"
import { parametersOf, refuse } from "./rewriting.ts"

export const quoteBreaksSearch = defect({
  name: "quote-breaks-search",
  title: "An apostrophe in the value of a filter ends in 500",
  seen: "SQL put together from text; WIRE-052 calls such values a documented weak spot",
  level: "must",
  wrap: (next) => async (request) =>
    parametersOf(request).get("filter")?.includes("'") === true
      ? refuse(500, 'syntax error at or near "hara"')
      : next(request),
})
