import { defect } from "./defect.ts"
import { refuse, routeOf } from "./rewriting.ts"

export const schemaByUrnMissing = defect({
  name: "schema-by-urn-missing",
  title: "Schemas are listed and cannot be read one by one",
  seen: "colons in paths that the router does not match; RFC7644-4-03",
  level: "must",
  wrap: (next) => async (request) =>
    routeOf(request) === "GET /Schemas/{id}" ? refuse(404, "Cannot GET this path.") : next(request),
})
