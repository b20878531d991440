import type { Filter } from "../../protocol/index.ts"
import { defect } from "./defect.ts"
import { changeFilter, mapFilter } from "./filter-changes.ts"

export const filterReadLeftToRight = defect({
  name: "filter-read-left-to-right",
  title: "and and or are applied from left to right, as if they bound alike",
  seen: "hand-written parsers; the RFC's own list of precedence is misprinted (C-01)",
  level: "must",
  wrap: (next) => async (request) => next(await changeFilter(request, (filter) => mapFilter(filter, flatten))),
})

/** `a or (b and c)` as `(a or b) and c`. */
function flatten(node: Filter): Filter {
  if (node.kind !== "or" || node.right.kind !== "and") return node
  const { left, right } = node
  return { kind: "and", left: { kind: "or", left, right: right.left }, right: right.right }
}
