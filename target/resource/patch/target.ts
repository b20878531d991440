/** What the path of an operation points to on a resource type. */
import { FilterSyntaxError, parsePath, PathSyntaxError } from "../../../protocol/index.ts"
import type { Filter, PatchPath } from "../../../protocol/index.ts"
import { filterLimits } from "../../limits.ts"
import { Memo } from "../../memo.ts"
import { badRequest } from "../../scim-error.ts"
import type { Tolerances } from "../../tolerances.ts"
import type { ElementCondition } from "../filter/condition.ts"
import { resolveElementFilter } from "../filter/resolve.ts"
import { findAttribute } from "../shape.ts"
import type { AttributeShape, ExtensionShape, ResourceShape } from "../shape.ts"
import type { PatchContext } from "./state.ts"

/** Elements of a list, chosen by a filter in brackets. */
export interface SelectedElements {
  readonly filter: Filter
  readonly condition: ElementCondition
}

export type PatchTarget =
  /** All attributes of an extension: its bare URN (C-31). */
  | { readonly kind: "container"; readonly extension: ExtensionShape }
  | {
      readonly kind: "attribute"
      readonly attribute: AttributeShape
      readonly sub?: AttributeShape
      readonly selected?: SelectedElements
    }

/** The targets of paths by the resource type, for the rules that they were found by. */
const known = new WeakMap<ResourceShape, { readonly context: PatchContext; readonly targets: Memo<PatchTarget> }>()

/** Clients send the same few paths all day. */
function targetsFor(context: PatchContext): Memo<PatchTarget> {
  const { shape, tolerances, limits } = context
  const before = known.get(shape)
  if (before?.context.tolerances === tolerances && before.context.limits === limits) return before.targets
  const targets = new Memo<PatchTarget>()
  known.set(shape, { context, targets })
  return targets
}

/**
 * The target of a path.
 *
 * @throws ScimError 400 invalidPath where it does not parse or names nothing (vectors P-path-01 to -18), invalidFilter where
 * the filter in it is wrong.
 */
export function resolveTarget(context: PatchContext, text: string): PatchTarget {
  return targetsFor(context).recall(text, () => findTarget(context, text))
}

function findTarget(context: PatchContext, text: string): PatchTarget {
  const { shape, tolerances } = context
  const path = parse(context, text)
  const extension = path.schema === undefined ? undefined : shape.extensions.get(path.schema.toLowerCase())
  if (path.name === undefined) {
    if (extension !== undefined) return { kind: "container", extension }
    throw badRequest("invalidPath", `${text} is a whole resource: leave the path out.`)
  }
  const found = findAttribute(shape, { ...path, name: path.name }, tolerances.unqualifiedPaths)
  if (found.kind === "unknown") throw badRequest("invalidPath", `${text} is no attribute of ${shape.type.name}.`)
  const { attribute, sub } = found
  const selected = path.filter === undefined ? undefined : select(attribute, path.filter, tolerances)
  return {
    kind: "attribute",
    attribute,
    ...(sub !== undefined && { sub }),
    ...(selected !== undefined && { selected }),
  }
}

function parse({ shape, tolerances: { dotAfterSchema }, limits }: PatchContext, text: string): PatchPath {
  try {
    return parsePath(text, { schemas: [...shape.urns.values()], dotAfterSchema, ...filterLimits(limits) })
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw badRequest("invalidFilter", error.message, error)
    if (!(error instanceof PathSyntaxError)) throw error
    throw badRequest(error.part === "filter" ? "invalidFilter" : "invalidPath", error.message, error)
  }
}

/** Brackets choose among the elements of a list; a single value has none to choose from (P-path-18, contested). */
function select(attribute: AttributeShape, filter: Filter, tolerances: Tolerances): SelectedElements {
  if (!attribute.definition.multiValued) {
    throw badRequest("invalidPath", `${attribute.label} has one value: brackets cannot choose among them.`)
  }
  return { filter, condition: resolveElementFilter(attribute, filter, tolerances) }
}
