import { activeIn } from "./active-changes.ts"
import { defect } from "./defect.ts"
import { groupIdsOf } from "./memberships.ts"
import { operationsOf } from "./patch-changes.ts"
import { ask, idOf, routeOf } from "./rewriting.ts"
import { PATCH_OP_URN } from "../../protocol/index.ts"

export const deactivationLeavesGroups = defect({
  name: "deactivation-leaves-groups",
  title: "A user who is disabled leaves all groups, and is in none when enabled again",
  seen: "disabling implemented as offboarding; ENG-DEPROV-08: Entra does not send the memberships again",
  level: "entra",
  wrap: (next) => async (request) => {
    const isPatch = routeOf(request) === "PATCH /Users/{id}"
    const isDisable = isPatch && (await operationsOf(request)).some((operation) => activeIn(operation) === false)
    const answer = await next(request)
    if (!isDisable || !answer.ok) return answer
    const id = idOf(request)
    const Operations = [{ op: "remove", path: `members[value eq "${id}"]` }]
    for (const group of await groupIdsOf(id, next, request)) {
      await ask(next, request, {
        method: "PATCH",
        path: `/Groups/${group}`,
        body: { schemas: [PATCH_OP_URN], Operations },
      })
    }
    return answer
  },
})
