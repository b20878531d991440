import { defect } from "./defect.ts"
import { changeRequest } from "./rewriting.ts"

export const ifNoneMatchIgnored = defect({
  name: "if-none-match-ignored",
  title: "If-None-Match is ignored",
  seen: "ETags sent and never compared; RFC7644-3.14-04",
  level: "must",
  wrap: (next) => async (request) => next(await changeRequest(request, { headers: { "if-none-match": null } })),
})
