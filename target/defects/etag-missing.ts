import { defect } from "./defect.ts"
import { withHeaders } from "./rewriting.ts"

export const etagMissing = defect({
  name: "etag-missing",
  title: "ETags are announced, and none is sent",
  seen: "a ServiceProviderConfig copied from an example; RFC7644-3.14-01",
  level: "must",
  wrap: (next) => async (request) => withHeaders(await next(request), { etag: null }),
})
