import { defect } from "./defect.ts"
import { ask, bodyOf, idOf, objectsIn, routeOf, without } from "./rewriting.ts"

const MEMBERS_READ = 100

export const largeGroupCut = defect({
  name: "large-group-cut",
  title: "A PATCH of a group with more than 100 members leaves 100",
  seen: "FusionAuth #2784: the handler reads one page of members and writes it back",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    if (routeOf(request) !== "PATCH /Groups/{id}" || !answer.ok) return answer
    const path = `/Groups/${idOf(request)}`
    const group = await bodyOf(await ask(next, request, { path }))
    const members = objectsIn(group, "members").slice(-MEMBERS_READ)
    const body = { ...without(group, "id", "meta"), members }
    await ask(next, request, { method: "PUT", path, body })
    return answer
  },
})
