import { defect } from "./defect.ts"
import { lendKnownToken } from "./known-token.ts"

export const anyTokenAccepted = defect({
  name: "any-token-accepted",
  title: "Any bearer token is accepted",
  seen: "checks that a header is there, not what it says; vouch #310 shipped a hole between tenants",
  level: "must",
  wrap: (next) => lendKnownToken(next, (sent) => sent !== null),
})
