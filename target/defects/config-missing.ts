import { defect } from "./defect.ts"
import { refuse, routeOf } from "./rewriting.ts"

export const configMissing = defect({
  name: "config-missing",
  title: "There is no /ServiceProviderConfig",
  seen: "known cause P2 of scim-sanity; Microsoft's Postman suite asks for /serviceConfiguration instead",
  level: "must",
  wrap: (next) => async (request) =>
    routeOf(request) === "GET /ServiceProviderConfig" ? refuse(404, "There is no such endpoint.") : next(request),
})
