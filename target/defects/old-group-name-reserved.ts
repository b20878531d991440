import type { JsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { ask, bodyOf, idOf, refuse, routeOf } from "./rewriting.ts"

export const oldGroupNameReserved = defect({
  name: "old-group-name-reserved",
  title: "The name that a group had before it was renamed stays taken",
  seen: "ory/polis #3559: rename a group, then reuse the old name",
  level: "entra",
  wrap(next) {
    const reserved = new Set<string>()
    return async (request) => {
      const route = routeOf(request)
      if (route === "POST /Groups" && reserved.has(nameIn(await bodyOf(request)))) {
        return refuse(409, "A group of that name exists.", "uniqueness")
      }
      if (route !== "PATCH /Groups/{id}") return next(request)
      const nameNow = async (): Promise<string> => {
        return nameIn(await bodyOf(await ask(next, request, { path: `/Groups/${idOf(request)}` })))
      }
      const before = await nameNow()
      const answer = await next(request)
      if ((await nameNow()) !== before) reserved.add(before)
      return answer
    }
  },
})

function nameIn({ displayName }: JsonObject): string {
  return typeof displayName === "string" ? displayName.toLowerCase() : ""
}
