import { defect } from "./defect.ts"
import { bodyOf, objectsIn, refuse, routeOf } from "./rewriting.ts"

export const primaryAddressRefused = defect({
  name: "primary-address-refused",
  title: "A user whose address is marked as primary is refused",
  seen: "simpleidserver/SimpleIdServer#733 (WIRE-089): strict schemas know no primary there",
  level: "entra",
  wrap: (next) => async (request) => {
    const body = routeOf(request) === "POST /Users" ? await bodyOf(request) : {}
    const isMarked = objectsIn(body, "addresses").some((address) => "primary" in address)
    return isMarked ? refuse(400, "addresses has no attribute primary.", "invalidSyntax") : next(request)
  },
})
