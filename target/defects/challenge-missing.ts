import { defect } from "./defect.ts"
import { withHeaders } from "./rewriting.ts"

export const challengeMissing = defect({
  name: "challenge-missing",
  title: "401 is answered without WWW-Authenticate",
  seen: "a requirement of scim2/test-suite (www_authenticate_header) that hand-written checks miss; RFC9110-15.5.2-01",
  level: "must",
  wrap: (next) => async (request) => withHeaders(await next(request), { "www-authenticate": null }),
})
