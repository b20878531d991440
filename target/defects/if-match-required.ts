import { defect } from "./defect.ts"
import { refuse } from "./rewriting.ts"

export const ifMatchRequired = defect({
  name: "if-match-required",
  title: "Changes and deletes without If-Match are refused with 428",
  seen: "WIRE-040: no If-Match has ever been seen; servers that insist on it cannot be provisioned",
  level: "entra",
  wrap: (next) => async (request) =>
    /^(PATCH|DELETE)$/.test(request.method) && !request.headers.has("if-match")
      ? refuse(428, "If-Match is missing.")
      : next(request),
})
