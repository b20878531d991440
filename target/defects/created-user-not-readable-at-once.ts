import { defect } from "./defect.ts"
import { bodyOf, idOf, refuse, routeOf, textIn } from "./rewriting.ts"

export const createdUserNotReadableAtOnce = defect({
  name: "created-user-not-readable-at-once",
  title: "A new user is answered with 404 the first time it is read",
  seen: "reads that go to a replica which lags behind; WIRE-211",
  level: "must",
  wrap(next) {
    const fresh = new Set<string>()
    return async (request) => {
      if (routeOf(request) === "GET /Users/{id}" && fresh.delete(idOf(request))) {
        return refuse(404, `User ${idOf(request)} not found.`)
      }
      const answer = await next(request)
      if (routeOf(request) === "POST /Users") fresh.add(textIn(await bodyOf(answer), "id"))
      return answer
    }
  },
})
