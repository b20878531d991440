import { defect } from "./defect.ts"
import { changeOperations, opOf, pathOf } from "./patch-changes.ts"
import { listIn } from "./rewriting.ts"

export const firstMemberOnly = defect({
  name: "first-member-only",
  title: "Of several members in one operation only the first is added",
  seen: "value[0], as captures with one member each invite; the gallery demands several (WIRE-169)",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeOperations(request, (operation) =>
        opOf(operation) === "add" && pathOf(operation) === "members"
          ? { ...operation, value: listIn(operation, "value").slice(0, 1) }
          : operation,
      ),
    ),
})
