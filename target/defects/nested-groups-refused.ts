import { defect } from "./defect.ts"
import { operationsOf } from "./patch-changes.ts"
import { ask, objectsIn, refuse, routeOf, textIn } from "./rewriting.ts"

export const nestedGroupsRefused = defect({
  name: "nested-groups-refused",
  title: "A group cannot be a member of a group",
  seen: "AzureAD-BYOA-Provisioning-Samples #26: a nested group arrives as an ordinary member (WIRE-174)",
  level: "should",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "PATCH /Groups/{id}") return next(request)
    const ids = (await operationsOf(request)).flatMap((operation) =>
      objectsIn(operation, "value").map((member) => textIn(member, "value")),
    )
    const groups = await Promise.all(ids.map((id) => ask(next, request, { path: `/Groups/${id}` })))
    return groups.some(({ ok }) => ok) ? refuse(400, "Members must be users.", "invalidValue") : next(request)
  },
})
