import { defect } from "./defect.ts"
import { bodyOf, refuse, routeOf } from "./rewriting.ts"

export const nullRefused = defect({
  name: "null-refused",
  title: "A create with null for an attribute is refused",
  seen: "validators in front of the code that take null for a wrong type; the gallery test sends nulls (WIRE-155)",
  level: "must",
  wrap: (next) => async (request) => {
    const body = routeOf(request).startsWith("POST /") ? await bodyOf(request) : {}
    const name = Object.keys(body).find((key) => body[key] === null)
    return name === undefined ? next(request) : refuse(400, `${name} must not be null.`, "invalidValue")
  },
})
