import { defect } from "./defect.ts"
import { groupIdsOf } from "./memberships.ts"
import { ask, idOf, routeOf } from "./rewriting.ts"

export const deletedUserTakesGroups = defect({
  name: "deleted-user-takes-groups",
  title: "With a user the groups that he is a member of are deleted",
  seen: "a cascade in the database that runs the wrong way round; nobody tells Entra, which never reads members",
  level: "entra",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "DELETE /Users/{id}") return next(request)
    const groups = await groupIdsOf(idOf(request), next, request)
    const answer = await next(request)
    for (const group of groups) await ask(next, request, { method: "DELETE", path: `/Groups/${group}` })
    return answer
  },
})
