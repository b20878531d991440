import { defect } from "./defect.ts"
import { changeParameters, routeOf } from "./rewriting.ts"

export const groupFilterIgnored = defect({
  name: "group-filter-ignored",
  title: "Filters work for users and are ignored for groups",
  seen: "Metatavu/keycloak-scim-server #46",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      routeOf(request) === "GET /Groups"
        ? await changeParameters(request, (parameters) => parameters.delete("filter"))
        : request,
    ),
})
