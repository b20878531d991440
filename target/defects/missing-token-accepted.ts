import { defect } from "./defect.ts"
import { lendKnownToken } from "./known-token.ts"

export const missingTokenAccepted = defect({
  name: "missing-token-accepted",
  title: "Requests without credentials are answered",
  seen: "a token check that runs only where a token was sent; RFC7644-2-01",
  level: "must",
  wrap: (next) => lendKnownToken(next, (sent) => sent === null),
})
