import { defect } from "./defect.ts"
import { changeFilter, mapFilter } from "./filter-changes.ts"

export const notIgnored = defect({
  name: "not-ignored",
  title: "not is read over",
  seen: "parsers that know and and or alone; no peer tests not",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeFilter(request, (filter) => mapFilter(filter, (node) => (node.kind === "not" ? node.operand : node))),
    ),
})
