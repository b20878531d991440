import { defect } from "./defect.ts"
import { changeFilter, mapFilter } from "./filter-changes.ts"

export const eqAsContains = defect({
  name: "eq-as-contains",
  title: "eq is implemented as a search: it finds whatever contains the value",
  seen: "FusionAuth #3111: Entra reports multiple entries and gives up",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeFilter(request, (filter) =>
        mapFilter(filter, (node) =>
          node.kind === "compare" && node.operator === "eq" && typeof node.value === "string"
            ? { ...node, operator: "co" }
            : node,
        ),
      ),
    ),
})
