import { defect } from "./defect.ts"
import { changeFilter, mapFilter } from "./filter-changes.ts"

export const gtAsGe = defect({
  name: "gt-as-ge",
  title: "gt also finds what is equal",
  seen: "a slip in a table of operators; only W and R of ten peers look at all operators",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeFilter(request, (filter) =>
        mapFilter(filter, (node) =>
          node.kind === "compare" && node.operator === "gt" ? { ...node, operator: "ge" } : node,
        ),
      ),
    ),
})
