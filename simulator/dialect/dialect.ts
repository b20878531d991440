/** What a dialect is: how a set of changes becomes PATCH operations. Everything else is the same in both (WIRE-005, documented). */
import type { WireOptions } from "./options.ts"

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** A JSON object: a SCIM resource as the target returned it. */
export type JsonObject = Readonly<Record<string, Json>>

/** One operation of a PATCH, keys in the order they are written (WIRE-098, documented). */
export interface PatchOperation {
  readonly op: string
  readonly path?: string
  readonly value?: Json
}

/** One attribute to write. `add` where the target was seen without a value, `replace` where it had another (WIRE-100). */
export interface AttributeChange {
  readonly action: "add" | "replace"
  /** The mapping's target, as written: `emails[type eq "work"].value`. */
  readonly path: string
  readonly value: Json
}

/** A change of a single-valued reference; `targetId` null removes it. */
export interface ReferenceChange {
  readonly action: "add" | "replace"
  readonly path: string
  readonly targetId: string | null
}

/** A change of a group's membership, by target ids. */
export interface MemberChange {
  readonly action: "add" | "remove"
  readonly path: string
  readonly targetIds: readonly string[]
}

export type DialectName = "entra" | "entra-optscim"

export interface Dialect {
  readonly name: DialectName
  /** Attributes of one object, all in one PATCH (WIRE-099, inferred). */
  attributes(changes: readonly AttributeChange[], options: WireOptions): readonly PatchOperation[]
  /** A manager (WIRE-130, -134); empty where the options say that nothing is sent. */
  reference(change: ReferenceChange, options: WireOptions): readonly PatchOperation[]
  /** Members of a group (WIRE-166 to -170). */
  members(change: MemberChange, options: WireOptions): readonly PatchOperation[]
}

/** The value that points at a manager, in the chosen shape (WIRE-130 to -132). */
export function referenceValue(targetId: string, options: WireOptions): Json {
  if (options.managerShape === "text") return targetId
  const reference = { value: targetId }
  return options.managerShape === "object" ? reference : [reference]
}

/** How a manager is taken away (RES-01, disputed). `ops`: how the dialect spells them. */
export function removedReference(
  path: string,
  ops: { readonly replace: string; readonly remove: string },
  { managerRemoval }: WireOptions,
): readonly PatchOperation[] {
  if (managerRemoval === "none") return []
  return [managerRemoval === "remove" ? { op: ops.remove, path } : { op: ops.replace, path, value: "" }]
}

/** Elements of `members` (WIRE-166, -168). */
export function memberValues(targetIds: readonly string[], options: WireOptions): Json {
  return targetIds.map((value) => (options.memberValueShape === "nullRef" ? { $ref: null, value } : { value }))
}

/** Whether a path selects elements by a filter, such as `emails[type eq "work"].value`. */
export function hasBracket(path: string): boolean {
  return path.includes("[")
}
