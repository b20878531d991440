import { defect } from "./defect.ts"
import { refuse } from "./rewriting.ts"

export const plusNotDecoded = defect({
  name: "plus-not-decoded",
  title: "A plus sign in the query is not read as a blank",
  seen: "WIRE-047: Entra writes blanks as +, and servers must decode forms",
  level: "must",
  wrap: (next) => async (request) =>
    new URL(request.url).search.includes("+")
      ? refuse(400, "The filter cannot be parsed.", "invalidFilter")
      : next(request),
})
