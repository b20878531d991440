import { defect } from "./defect.ts"
import { acceptDuplicates } from "./duplicates.ts"
import { bodyOf, routeOf, textIn } from "./rewriting.ts"

export const inactiveNameFree = defect({
  name: "inactive-name-free",
  title: "The userName of a disabled user can be given to a second one",
  seen: "a unique index over active rows only; better-auth #11111 met the reverse on the way back",
  level: "must",
  wrap(next) {
    const inactive = new Set<string>()
    const watch = async (request: Request): Promise<Response> => {
      const answer = await next(request)
      const user = routeOf(request) === "PATCH /Users/{id}" ? await bodyOf(answer) : {}
      if (user["active"] === false) inactive.add(textIn(user, "userName").toLowerCase())
      if (user["active"] === true) inactive.delete(textIn(user, "userName").toLowerCase())
      return answer
    }
    return acceptDuplicates(watch, (existing) => inactive.has(existing.toLowerCase()))
  },
})
