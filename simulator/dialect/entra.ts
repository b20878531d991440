/**
 * Entra's default dialect: one operation per attribute, each with a path; capitalised op names; booleans as text; members
 * removed by a list of values. Known not to follow the RFC (WIRE-003, documented).
 */
import { type Dialect, type Json, memberValues, referenceValue, removedReference } from "./dialect.ts"
import type { WireOptions } from "./options.ts"

const OPS = { add: "Add", replace: "Replace", remove: "Remove" } as const

export const entraDialect: Dialect = {
  name: "entra",

  /** WIRE-103 to -111; several values as FN-SPLIT-3 shows them. */
  attributes(changes, options) {
    return changes.map(({ action, path, value }) =>
      isPlainList(value) && options.multiValuedPatch === "addObjects"
        ? { op: OPS.add, path, value: value.map((one) => ({ value: one })) }
        : { op: OPS[action], path, value: patchValue(value, options) },
    )
  },

  reference({ action, path, targetId }, options) {
    if (targetId !== null) return [{ op: OPS[action], path, value: referenceValue(targetId, options) }]
    return removedReference(path, OPS, options)
  },

  /** WIRE-166, WIRE-168: removal carries the members to remove in `value`, which the RFC would read as "remove all". */
  members({ action, path, targetIds }, options) {
    return [{ op: OPS[action], path, value: memberValues(targetIds, options) }]
  },
}

/** Several values of an attribute without sub-attributes; role elements are objects already. */
function isPlainList(value: Json): value is readonly Json[] {
  return Array.isArray(value) && value.every((one: Json) => typeof one !== "object")
}

/** WIRE-106, WIRE-111: a boolean travels as text with a capital. */
function patchValue(value: Json, options: WireOptions): Json {
  if (typeof value !== "boolean" || options.patchBooleans === "native") return value
  return value ? "True" : "False"
}
