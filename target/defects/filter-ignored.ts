import { defect } from "./defect.ts"
import { changeParameters, routeOf } from "./rewriting.ts"

export const filterIgnored = defect({
  name: "filter-ignored",
  title: "The filter parameter is ignored: every search finds everybody",
  seen: "the first version of many endpoints; Metatavu/keycloak-scim-server #46 for groups",
  level: "must",
  wrap: (next) => async (request) => {
    if (!/^GET \/(Users|Groups)$/.test(routeOf(request))) return next(request)
    return next(await changeParameters(request, (parameters) => parameters.delete("filter")))
  },
})
