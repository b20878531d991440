import { defect } from "./defect.ts"
import { bodyOf, refuse, routeOf } from "./rewriting.ts"

export const readOnlyValuesRefused = defect({
  name: "read-only-values-refused",
  title: "A create with read-only attributes in its body is refused",
  seen: "strict deserialisers that know no id or meta in requests; Entra sends meta.resourceType (WIRE-084)",
  level: "must",
  wrap: (next) => async (request) => {
    const body = routeOf(request).startsWith("POST /") ? await bodyOf(request) : {}
    const refused = ["id", "meta"].find((name) => name in body)
    return refused === undefined ? next(request) : refuse(400, `${refused} is read-only.`, "mutability")
  },
})
