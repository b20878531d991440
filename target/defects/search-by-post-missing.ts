import { defect } from "./defect.ts"
import { refuse, routeOf } from "./rewriting.ts"

export const searchByPostMissing = defect({
  name: "search-by-post-missing",
  title: "There is no /.search",
  seen: "servers made for Entra, which never uses it (WIRE-237); scim2-tester and WSO2's suite ask",
  level: "must",
  wrap: (next) => async (request) =>
    routeOf(request) === "POST /Users/.search" ? refuse(404, "There is no such endpoint.") : next(request),
})
