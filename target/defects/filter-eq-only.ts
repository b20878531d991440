import { defect } from "./defect.ts"
import { filterOf, leavesOf } from "./filter-changes.ts"
import { refuse } from "./rewriting.ts"

export const filterEqOnly = defect({
  name: "filter-eq-only",
  title: "eq is the only operator: others are refused",
  seen: "servers made for Entra alone, which sends eq and and (WIRE-044, WIRE-239)",
  level: "must",
  wrap: (next) => async (request) => {
    const filter = filterOf(request)
    const isPlain =
      filter === undefined || leavesOf(filter).every((leaf) => leaf.kind !== "compare" || leaf.operator === "eq")
    return isPlain ? next(request) : refuse(400, "Only eq is supported.", "invalidFilter")
  },
})
