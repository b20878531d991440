/** For defects that get filters wrong: a request with another filter than the client sent. */
import { parseFilter, printFilter } from "../../protocol/index.ts"
import type { Filter } from "../../protocol/index.ts"
import { changeParameters, parametersOf } from "./rewriting.ts"

/** The filter of a search, or undefined where there is none that can be read. */
export function filterOf(request: Request): Filter | undefined {
  const text = parametersOf(request).get("filter")
  if (text === null) return undefined
  try {
    return parseFilter(text)
  } catch {
    return undefined
  }
}

/** The request with its filter changed, or without one where `change` gives none. */
export async function changeFilter(request: Request, change: (filter: Filter) => Filter | undefined): Promise<Request> {
  const filter = filterOf(request)
  if (filter === undefined) return request
  const changed = change(filter)
  return changeParameters(request, (parameters) => {
    if (changed === undefined) parameters.delete("filter")
    else parameters.set("filter", printFilter(changed))
  })
}

/** The tree with each node replaced, leaves first. */
export function mapFilter(filter: Filter, replace: (node: Filter) => Filter): Filter {
  switch (filter.kind) {
    case "and":
    case "or":
      return replace({ ...filter, left: mapFilter(filter.left, replace), right: mapFilter(filter.right, replace) })
    case "not":
      return replace({ ...filter, operand: mapFilter(filter.operand, replace) })
    default:
      return replace(filter)
  }
}

/** Every condition in the tree, whatever joins them; those inside of brackets are not looked at. */
export function leavesOf(filter: Filter): readonly Exclude<Filter, { kind: "and" | "or" | "not" }>[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return [...leavesOf(filter.left), ...leavesOf(filter.right)]
    case "not":
      return leavesOf(filter.operand)
    default:
      return [filter]
  }
}
