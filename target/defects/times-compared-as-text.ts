import type { Filter } from "../../protocol/index.ts"
import { isJsonObject } from "../json.ts"
import type { JsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { changeFilter, filterOf, leavesOf, mapFilter } from "./filter-changes.ts"
import { keepResources, textIn } from "./rewriting.ts"

export const timesComparedAsText = defect({
  name: "times-compared-as-text",
  title: "Times in filters are compared letter by letter",
  seen: "times stored as text; Entra's own pulling client filters by meta.lastModified (WIRE-236)",
  level: "must",
  wrap: (next) => async (request) => {
    const filter = filterOf(request)
    if (filter === undefined || !leavesOf(filter).some(isTimeTest)) return next(request)
    const answer = await next(await changeFilter(request, (whole) => mapFilter(whole, untimed)))
    return keepResources(answer, (resource) => leavesOf(filter).every((leaf) => holdsAsText(leaf, resource)))
  },
})

function isTimeTest({ kind, path }: Exclude<Filter, { kind: "and" | "or" | "not" }>): boolean {
  return kind === "compare" && path.name === "meta"
}

function untimed(node: Filter): Filter {
  return node.kind === "compare" && isTimeTest(node) ? { kind: "present", path: { name: "id" } } : node
}

function holdsAsText(leaf: Filter, { meta }: JsonObject): boolean {
  if (leaf.kind !== "compare" || !isTimeTest(leaf) || !isJsonObject(meta)) return true
  const held = textIn(meta, leaf.path.sub ?? "")
  const asked = String(leaf.value)
  return leaf.operator === "gt" || leaf.operator === "ge" ? held > asked : held < asked
}
