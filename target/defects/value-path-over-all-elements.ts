import type { Filter } from "../../protocol/index.ts"
import { defect } from "./defect.ts"
import { changeFilter, mapFilter } from "./filter-changes.ts"

export const valuePathOverAllElements = defect({
  name: "value-path-over-all-elements",
  title: "The conditions in brackets may hold for different elements",
  seen: "brackets rewritten to emails.type and emails.value; the gallery names such filters as a cause of failure",
  level: "must",
  wrap: (next) => async (request) => next(await changeFilter(request, (filter) => mapFilter(filter, spread))),
})

function spread(node: Filter): Filter {
  if (node.kind !== "valuePath" || node.selected !== undefined) return node
  const { name } = node.path
  return mapFilter(node.filter, (inner) =>
    inner.kind === "compare" || inner.kind === "present" ? { ...inner, path: { name, sub: inner.path.name } } : inner,
  )
}
