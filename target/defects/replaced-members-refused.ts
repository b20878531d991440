import { defect } from "./defect.ts"
import { opOf, operationsOf, pathOf } from "./patch-changes.ts"
import { refuse } from "./rewriting.ts"

export const replacedMembersRefused = defect({
  name: "replaced-members-refused",
  title: "A replace of members is refused",
  seen: "handlers for add and remove only; flagged Entra was seen to send it (WIRE-167)",
  level: "must",
  wrap: (next) => async (request) => {
    const operations = request.method === "PATCH" ? await operationsOf(request) : []
    const isReplace = operations.some((operation) => opOf(operation) === "replace" && pathOf(operation) === "members")
    return isReplace ? refuse(400, "members can be added and removed only.", "mutability") : next(request)
  },
})
