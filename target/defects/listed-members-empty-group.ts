import { defect } from "./defect.ts"
import { changeOperations, opOf, pathOf } from "./patch-changes.ts"
import { without } from "./rewriting.ts"

export const listedMembersEmptyGroup = defect({
  name: "listed-members-empty-group",
  title: "Remove with path members and a list removes everybody",
  seen: "SCIM-SDK #149, azure-docs #30826, segment-docs #6726: what the RFC says of it, and the most dangerous single request",
  level: "entra",
  wrap: (next) => async (request) =>
    next(
      await changeOperations(request, (operation) =>
        opOf(operation) === "remove" && pathOf(operation) === "members" ? without(operation, "value") : operation,
      ),
    ),
})
