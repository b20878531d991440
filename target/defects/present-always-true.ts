import { defect } from "./defect.ts"
import { changeFilter, mapFilter } from "./filter-changes.ts"

export const presentAlwaysTrue = defect({
  name: "present-always-true",
  title: "pr holds for everybody",
  seen: "pr read as: the attribute exists in the schema; RFC7644-3.4.2.2-09",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeFilter(request, (filter) =>
        mapFilter(filter, (node) => (node.kind === "present" ? { ...node, path: { name: "id" } } : node)),
      ),
    ),
})
