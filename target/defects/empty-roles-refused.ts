import { isJsonArray } from "../json.ts"
import { defect } from "./defect.ts"
import { bodyOf, refuse, routeOf } from "./rewriting.ts"

export const emptyRolesRefused = defect({
  name: "empty-roles-refused",
  title: "A user with an empty list of roles is refused",
  seen: "validators that want at least one element; the documented create has roles [] (WIRE-082)",
  level: "entra",
  wrap: (next) => async (request) => {
    const { roles } = routeOf(request) === "POST /Users" ? await bodyOf(request) : {}
    return isJsonArray(roles) && roles.length === 0
      ? refuse(400, "roles must not be empty.", "invalidValue")
      : next(request)
  },
})
