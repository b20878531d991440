import { defect } from "./defect.ts"
import { idOf, refuse, routeOf } from "./rewriting.ts"

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const unknownId500 = defect({
  name: "unknown-id-500",
  title: "An id that is no UUID is answered with 500",
  seen: "UUID columns that refuse other text, unhandled; authentik #25837 shows how Entra hides such a cause",
  level: "must",
  wrap: (next) => async (request) => {
    const hasOddId = routeOf(request) === "GET /Users/{id}" && !UUID.test(idOf(request))
    return hasOddId ? refuse(500, "invalid input syntax for type uuid") : next(request)
  },
})
