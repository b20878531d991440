import { defect } from "./defect.ts"
import { ask, idOf, routeOf } from "./rewriting.ts"

export const deletedUserReadable = defect({
  name: "deleted-user-readable",
  title: "A deleted user can still be read by the id",
  seen: "soft delete that only the list knows of; better-auth #11111",
  level: "must",
  wrap(next) {
    const deleted = new Map<string, string>()
    return async (request) => {
      const id = idOf(request)
      if (routeOf(request) === "DELETE /Users/{id}") {
        const user = await ask(next, request, { path: `/Users/${id}` })
        if (user.ok) deleted.set(id, await user.text())
      }
      const answer = await next(request)
      const user = routeOf(request) === "GET /Users/{id}" && answer.status === 404 ? deleted.get(id) : undefined
      return user === undefined ? answer : new Response(user, { status: 200, headers: answer.headers })
    }
  },
})
