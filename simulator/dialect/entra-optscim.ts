/**
 * The dialect of a Tenant URL with `aadOptscim062020`: lower-case op names, real booleans, paths with brackets one by one and
 * first, all other attributes together in one object with flattened keys and no path, members removed by a filter.
 */
import {
  type AttributeChange,
  type Dialect,
  hasBracket,
  type Json,
  memberValues,
  type PatchOperation,
  referenceValue,
  removedReference,
} from "./dialect.ts"
import type { WireOptions } from "./options.ts"

const OPS = { replace: "replace", remove: "remove" } as const

export const entraOptscimDialect: Dialect = {
  name: "entra-optscim",

  /** WIRE-115 to -122. The published order: bracket paths, then the replace, then the add (WIRE-117, -121). */
  attributes(changes, options) {
    const bracketed = changes.filter((change) => hasBracket(change.path))
    const plain = changes.filter((change) => !hasBracket(change.path))
    return [
      ...bracketed.map(withPath),
      ...merged(
        "replace",
        plain.filter((change) => change.action === "replace"),
        options,
      ),
      ...merged(
        "add",
        plain.filter((change) => change.action === "add"),
        options,
      ),
    ]
  },

  reference({ action, path, targetId }, options) {
    if (targetId !== null) return [{ op: action, path, value: referenceValue(targetId, options) }]
    return removedReference(path, OPS, options)
  },

  /** WIRE-167, WIRE-170: several removals are several operations, since each names its member in the path. */
  members({ action, path, targetIds }, options) {
    if (action === "add") return [{ op: options.optscimMemberAdd, path, value: memberValues(targetIds, options) }]
    return targetIds.map((id) => ({ op: "remove", path: `${path}[value eq ${JSON.stringify(id)}]` }))
  },
}

function withPath({ action, path, value }: AttributeChange): PatchOperation {
  return { op: action, path, value }
}

/** The plain attributes of one kind as at most one operation. */
function merged(
  op: "add" | "replace",
  changes: readonly AttributeChange[],
  options: WireOptions,
): readonly PatchOperation[] {
  const [only, ...others] = changes
  if (only === undefined) return []
  if (others.length === 0 && keepsPath(only, options)) return [withPath(only)]
  const value: Record<string, Json> = {}
  for (const change of changes) value[change.path] = change.value
  return [{ op, value }]
}

/** A lone add keeps its path (WIRE-116), and so does a lone `active` (WIRE-122); a lone replaced scalar does not (WIRE-119). */
function keepsPath(change: AttributeChange, options: WireOptions): boolean {
  return change.action === "add" || change.path === "active" || options.optscimSingleReplace === "path"
}
