import type { JsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { opOf, operationsOf, pathOf } from "./patch-changes.ts"
import { ask, bodyOf, idOf, objectsIn, refuse, routeOf, textIn } from "./rewriting.ts"

export const absentMember404 = defect({
  name: "absent-member-404",
  title: "Removing somebody who is not a member is answered with 404",
  seen: "SimpleIdServer #245, Infisical #6471 (WIRE-172): the group is stuck in retries",
  level: "entra",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "PATCH /Groups/{id}") return next(request)
    const removed = (await operationsOf(request)).flatMap(removedBy)
    const group = await bodyOf(await ask(next, request, { path: `/Groups/${idOf(request)}` }))
    const members = new Set(objectsIn(group, "members").map((member) => textIn(member, "value")))
    return removed.every((id) => members.has(id)) ? next(request) : refuse(404, "There is no such member.")
  },
})

/** The ids that an operation removes, listed or selected. */
function removedBy(operation: JsonObject): string[] {
  if (opOf(operation) !== "remove") return []
  const selected = /^members\[value eq "(?<id>[^"]*)"\]$/.exec(pathOf(operation))?.groups?.["id"]
  if (selected !== undefined) return [selected]
  return objectsIn(operation, "value").map((member) => textIn(member, "value"))
}
