import { defect } from "./defect.ts"
import { ask, bodyOf, idOf, refuse, routeOf, textIn } from "./rewriting.ts"

export const deletedNameReserved = defect({
  name: "deleted-name-reserved",
  title: "The userName of a deleted user stays taken",
  seen: "a unique index over soft-deleted rows; better-auth #11111, ory/polis #3559 for groups",
  level: "should",
  wrap(next) {
    const taken = new Set<string>()
    return async (request) => {
      if (routeOf(request) === "DELETE /Users/{id}") {
        const user = await bodyOf(await ask(next, request, { path: `/Users/${idOf(request)}` }))
        if ("userName" in user) taken.add(textIn(user, "userName").toLowerCase())
      }
      const name = routeOf(request) === "POST /Users" ? textIn(await bodyOf(request), "userName").toLowerCase() : ""
      return taken.has(name) ? refuse(409, "userName is already taken.", "uniqueness") : next(request)
    }
  },
})
