import { defect } from "./defect.ts"
import { bodyOf, listIn, refuse, routeOf } from "./rewriting.ts"

export const unlistedExtensionRefused = defect({
  name: "unlisted-extension-refused",
  title: "A user with extension attributes whose URN is not in schemas is refused",
  seen: "WIRE-148: Entra does not list custom extensions in schemas",
  level: "entra",
  wrap: (next) => async (request) => {
    const body = routeOf(request) === "POST /Users" ? await bodyOf(request) : {}
    const listed = listIn(body, "schemas")
    const unlisted = Object.keys(body).find((name) => name.startsWith("urn:") && !listed.includes(name))
    return unlisted === undefined ? next(request) : refuse(400, `${unlisted} is not in schemas.`, "invalidSyntax")
  },
})
