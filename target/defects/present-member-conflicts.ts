import { defect } from "./defect.ts"
import { opOf, operationsOf, pathOf } from "./patch-changes.ts"
import { ask, bodyOf, idOf, objectsIn, refuse, routeOf } from "./rewriting.ts"

export const presentMemberConflicts = defect({
  name: "present-member-conflicts",
  title: "Adding a member who is there already is answered with 409",
  seen: "SimpleIdServer #245: Entra repeats it for ever",
  level: "must",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "PATCH /Groups/{id}") return next(request)
    const added = new Set(
      (await operationsOf(request))
        .filter((operation) => opOf(operation) === "add" && pathOf(operation) === "members")
        .flatMap((operation) => objectsIn(operation, "value").map(({ value }) => value)),
    )
    const group = await bodyOf(await ask(next, request, { path: `/Groups/${idOf(request)}` }))
    const isThere = objectsIn(group, "members").some(({ value }) => added.has(value))
    return isThere ? refuse(409, "The user is a member already.", "uniqueness") : next(request)
  },
})
