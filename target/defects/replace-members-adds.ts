import { defect } from "./defect.ts"
import { changeOperations, opOf, pathOf } from "./patch-changes.ts"

export const replaceMembersAdds = defect({
  name: "replace-members-adds",
  title: "Replacing the members adds the new ones to the old",
  seen: "what flagged Entra seems to expect (WIRE-167) and Okta does not; RFC7644-3.5.2.3-02",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeOperations(request, (operation) =>
        opOf(operation) === "replace" && pathOf(operation) === "members" ? { ...operation, op: "add" } : operation,
      ),
    ),
})
