/**
 * What must be written so that a resource of the target becomes what the source wants. Only differences go out
 * (ENG-MATCH-12): a value that the target rewrites differs again at every evaluation (WIRE-078).
 */
import type { FlowType } from "../mapping/model.ts"
import type { AttributeChange, Json, JsonObject } from "./dialect.ts"
import type { AttributeValue } from "./resource-body.ts"
import { isObject, readValue } from "./resource-read.ts"

/** A mapped value with what decides whether it flows in an update. */
export interface DesiredValue extends AttributeValue {
  readonly flowType: FlowType
  /** Sent even when the target has it already (MAP-308). */
  readonly always: boolean
  /** Whether a change of case alone is a change (FN-TOLOWER-2, documented). */
  readonly caseExact: boolean
  /** The log hides it (FN-REDACT-1, documented). */
  readonly redacted: boolean
  /** What a PATCH writes where it differs, if that is something else than the value at its path. */
  readonly patch?: AttributeChange
}

type Change = Omit<AttributeChange, "path">

/** The changes in the order of the mappings; none where the target holds everything already. */
export function differences(desired: readonly DesiredValue[], current: JsonObject): AttributeChange[] {
  return desired.flatMap((wanted) => {
    const change = difference(wanted, readValue(current, wanted.path))
    return change === null ? [] : [wanted.patch ?? { ...change, path: wanted.path }]
  })
}

/** WIRE-100: add where the target was seen without a value, else replace; the add-only flow types never take away (MAP-307). */
function difference(wanted: DesiredValue, current: Json | undefined): Change | null {
  if (current === undefined) return wanted.value === null ? null : { action: "add", value: wanted.value }
  const isUnchanged = isSame(wanted.value, current, wanted.caseExact)
  if (isUnchanged && !wanted.always) return null
  const addsOnly = wanted.flowType === "MultiValueAddOnly" || wanted.flowType === "ValueAddOnly"
  return addsOnly && Array.isArray(wanted.value)
    ? addMissing(wanted.value, current, wanted.caseExact)
    : { action: "replace", value: wanted.value }
}

function addMissing(wanted: readonly Json[], current: Json, caseExact: boolean): Change | null {
  const present = Array.isArray(current) ? current : [current]
  const missing = wanted.filter((value) => !present.some((existing) => isSame(value, existing, caseExact)))
  return missing.length === 0 ? null : { action: "add", value: missing }
}

/** Equality of JSON values; arrays as sets, objects by the members that are wanted, since a target may add its own. */
function isSame(wanted: Json, current: Json, caseExact: boolean): boolean {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(current) || wanted.length !== current.length) return false
    return wanted.every((value) => current.some((existing) => isSame(value, existing, caseExact)))
  }
  if (isObject(wanted)) {
    if (!isObject(current)) return false
    return Object.entries(wanted).every(([name, value]) => isSame(value, current[name] ?? null, caseExact))
  }
  if (isObject(current)) return isSame(wanted, current["value"] ?? null, caseExact)
  if (typeof wanted === "string" && typeof current === "string" && !caseExact) {
    return wanted.toLowerCase() === current.toLowerCase()
  }
  return wanted === current
}
