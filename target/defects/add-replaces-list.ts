import { defect } from "./defect.ts"
import { changeOperations, opOf } from "./patch-changes.ts"

export const addReplacesList = defect({
  name: "add-replaces-list",
  title: "add to a list replaces it",
  seen: "add and replace by the same code; FusionAuth #2784 lost members like this",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeOperations(request, (operation) =>
        opOf(operation) === "add" ? { ...operation, op: "replace" } : operation,
      ),
    ),
})
