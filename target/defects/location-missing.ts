import { defect } from "./defect.ts"
import { withHeaders } from "./rewriting.ts"

export const locationMissing = defect({
  name: "location-missing",
  title: "A create is answered without a Location header",
  seen: "two findings of scim-sanity on SCIMMY 1.3.5; the validator passed one in 2026",
  level: "must",
  wrap: (next) => async (request) => withHeaders(await next(request), { location: null }),
})
