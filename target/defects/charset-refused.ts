import { defect } from "./defect.ts"
import { refuse } from "./rewriting.ts"

export const charsetRefused = defect({
  name: "charset-refused",
  title: "A Content-Type with a charset is refused with 415",
  seen: "headers compared as whole texts; Entra sends charset=utf-8 with every body (WIRE-035)",
  level: "must",
  wrap: (next) => async (request) =>
    request.headers.get("content-type")?.includes(";") === true
      ? refuse(415, "The media type must be application/scim+json.")
      : next(request),
})
