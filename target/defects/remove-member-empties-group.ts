import { defect } from "./defect.ts"
import { changeOperations, pathOf } from "./patch-changes.ts"

export const removeMemberEmptiesGroup = defect({
  name: "remove-member-empties-group",
  title: "Removing one member by a filter removes them all",
  seen: "paths cut at the bracket; SCIM-SDK #149 for the list form",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeOperations(request, (operation) =>
        pathOf(operation).startsWith("members[") ? { ...operation, path: "members" } : operation,
      ),
    ),
})
