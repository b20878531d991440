/**
 * Applies the operations of a PATCH to the values of a resource, one on the result of the other. Nothing is changed in
 * place: an error leaves the old values as they were. Members are not among the values; what is to happen to them comes out
 * as a list of changes, so that a group never has to be read to change a member.
 */
import { isJsonArray, isJsonObject, sameJson, textsIn } from "../../json.ts"
import type { JsonValue } from "../../json.ts"
import { badRequest, ScimError } from "../../scim-error.ts"
import { assertMayChange } from "../immutable.ts"
import { assertHasValue, assertRequired, readSchemas } from "../read-resource.ts"
import type { AttributeShape, ExtensionShape, ResourceShape } from "../shape.ts"
import { schemasOf, withValue } from "../values.ts"
import type { Values } from "../values.ts"
import { changeMembers } from "./change-members.ts"
import { changeValue } from "./change-value.ts"
import type { Operation } from "./operations.ts"
import type { Change, PatchContext, PatchState } from "./state.ts"
import { resolveTarget } from "./target.ts"
import type { PatchTarget } from "./target.ts"

/**
 * The values after all operations.
 *
 * @throws ScimError for the first operation that cannot be applied.
 */
export function applyOperations(context: PatchContext, values: Values, operations: readonly Operation[]): PatchState {
  const { shape } = context
  const start: PatchState = { values, memberChanges: [], written: new Set(), secrets: new Map() }
  const end = operations.reduce((state, operation) => applyOperation(context, state, operation), start)
  // Members alone leave the values as they are: nothing has to be checked, and nothing compared.
  if (end.values === values) return end
  assertRequired(shape, end.values)
  const declared = textsIn(end.values.get(shape.schemas))
  return { ...end, values: withValue(end.values, shape.schemas, schemasOf(shape, end.values, declared)) }
}

/** Whether the operations are about members as their paths begin, so that the values need not even be read. */
export function concernsMembersAlone({ core }: ResourceShape, operations: readonly Operation[]): boolean {
  return (
    core.get("members")?.source === "members" &&
    operations.every(({ path }) => path !== undefined && /^members(?:\[|$)/i.test(path))
  )
}

function applyOperation(context: PatchContext, state: PatchState, { op, path, value }: Operation): PatchState {
  if (path === undefined && op === "remove") throw badRequest("noTarget", "remove needs a path.")
  if (op !== "remove" && value === undefined) throw badRequest("invalidValue", `${op} needs a value.`)
  if (path === undefined) return applyWithoutPath(context, state, { op, value })
  const target = resolveTarget(context, path)
  if (op !== "remove") return applyToTarget(context, state, target, { op, value })
  // Null next to a remove is no value at all (P-entra-53).
  const listed = value ?? undefined
  if (listed !== undefined && !context.tolerances.removesListedValues) {
    throw badRequest("invalidValue", "remove takes no value: select the values in the path.")
  }
  return applyToTarget(context, state, target, { op, value: listed })
}

/** Without a path the value names the attributes; what no schema knows is dropped (P-path-21, contested). */
function applyWithoutPath(context: PatchContext, state: PatchState, { op, value }: Change): PatchState {
  if (!isJsonObject(value)) throw badRequest("invalidValue", `${op} without a path needs an object as its value.`)
  return Object.entries(value).reduce((before, [key, part]) => {
    const target = targetOfKey(context, key)
    if (target === undefined || isEcho(before, target, part)) return before
    return applyToTarget(context, before, target, { op, value: part })
  }, state)
}

/** What a key of such a value names: an attribute, an extension, or a path where that is tolerated (WIRE-117). */
function targetOfKey(context: PatchContext, key: string): PatchTarget | undefined {
  const { shape, tolerances } = context
  const attribute = shape.core.get(key.toLowerCase())
  if (attribute !== undefined) return { kind: "attribute", attribute }
  const extension = shape.extensions.get(key.toLowerCase())
  if (extension !== undefined) return { kind: "container", extension }
  if (!tolerances.pathsAsKeys || !/[.:[]/.test(key)) return undefined
  try {
    return resolveTarget(context, key)
  } catch (error) {
    if (error instanceof ScimError && error.scimType === "invalidPath") return undefined
    throw error
  }
}

/** Clients repeat what only the server writes: unchanged it is let pass, and meta in any case (P-mutability-07, -08). */
function isEcho({ values }: PatchState, target: PatchTarget, value: JsonValue): boolean {
  if (target.kind === "container" || target.attribute.definition.mutability !== "readOnly") return false
  const { attribute } = target
  return attribute.label === "meta" || sameJson(values.get(attribute), value)
}

function applyToTarget(context: PatchContext, state: PatchState, target: PatchTarget, change: Change): PatchState {
  if (target.kind === "container") return applyToContainer(context, state, target.extension, change)
  const { attribute, sub } = target
  if (attribute.definition.mutability === "readOnly" || sub?.definition.mutability === "readOnly") {
    throw badRequest("mutability", `${(sub ?? attribute).label} is read-only.`)
  }
  const written = new Set([...state.written, attribute])
  if (attribute.source === "members") {
    return { ...state, written, memberChanges: [...state.memberChanges, ...changeMembers(target, change)] }
  }
  const value =
    attribute === context.shape.schemas
      ? changeSchemas(context, state.values, change)
      : changeValue(target, state.values.get(attribute), change, context)
  if (attribute.definition.required) assertStaysAssigned(attribute, value, change)
  if (attribute.source === "secret") return { ...state, secrets: new Map([...state.secrets, [attribute, value]]) }
  assertMayChange(attribute, state.values.get(attribute), value)
  return { ...state, written, values: withValue(state.values, attribute, value) }
}

function applyToContainer(
  context: PatchContext,
  state: PatchState,
  extension: ExtensionShape,
  { op, value }: Change,
): PatchState {
  const attributes = [...extension.attributes.values()]
  if (op === "remove") {
    const held = attributes.filter((one) => state.values.has(one) || one.source === "secret")
    return held.reduce((before, attribute) => {
      return applyToTarget(context, before, { kind: "attribute", attribute }, { op, value: undefined })
    }, state)
  }
  if (value === null) return state
  if (!isJsonObject(value)) throw badRequest("invalidValue", `${extension.urn} must be an object.`)
  return Object.entries(value).reduce((before, [key, part]) => {
    const attribute = extension.attributes.get(key.toLowerCase())
    if (attribute === undefined || isEcho(before, { kind: "attribute", attribute }, part)) return before
    return applyToTarget(context, before, { kind: "attribute", attribute }, { op, value: part })
  }, state)
}

/** `schemas` can be declared; the base schema stays (RFC7644-3.5.2-09). */
function changeSchemas({ shape, tolerances }: PatchContext, values: Values, { op, value }: Change): JsonValue {
  if (op === "remove") throw badRequest("mutability", "schemas cannot be removed.")
  const before = op === "add" ? textsIn(values.get(shape.schemas)) : []
  const given = isJsonArray(value) ? value : [value ?? null]
  return readSchemas(shape, [...before, ...given], tolerances)
}

function assertStaysAssigned(attribute: AttributeShape, value: JsonValue | undefined, { op }: Change): void {
  if (value === undefined && op === "remove") {
    throw badRequest("mutability", `${attribute.label} is required and cannot be removed.`)
  }
  assertHasValue(attribute, value)
}
