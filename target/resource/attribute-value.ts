/**
 * Values as clients write them, made into what is stored: types checked, names canonical, null and empty taken for
 * unassigned (RFC 7643 §2.5), read-only and derived parts dropped, at most one primary (§2.4).
 */
import { isJsonArray, isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { badRequest } from "../scim-error.ts"
import type { Limits } from "../limits.ts"
import type { Tolerances } from "../tolerances.ts"
import type { AttributeShape } from "./shape.ts"
import { readSimpleValue, wrongValue } from "./simple-value.ts"
import { comparable } from "./text.ts"

/** How strictly values are read. */
export interface ReadingRules {
  readonly tolerances: Tolerances
  readonly limits: Limits
  /** Whether read-only values are kept: only when the target is loaded with given resources. */
  readonly keepReadOnly: boolean
}

/**
 * The value of an attribute, or undefined where it is unassigned.
 *
 * @throws ScimError 400 invalidValue
 */
export function readAttribute(attribute: AttributeShape, value: JsonValue, rules: ReadingRules): JsonValue | undefined {
  if (value === null) return undefined
  if (attribute.definition.multiValued) return readList(attribute, value, rules)
  return readOne(attribute, value, rules)
}

/**
 * The elements of a list attribute. A bare element counts as a list of one (vector P-add-multi-04, contested); of two
 * elements with the same value and type the later completes the earlier (RFC7643-2.4-05).
 */
export function readList(
  attribute: AttributeShape,
  value: JsonValue,
  rules: ReadingRules,
): readonly JsonValue[] | undefined {
  const given = isJsonArray(value) ? value : [value]
  const read = given.map((element) => (element === null ? undefined : readElement(attribute, element, rules)))
  const elements = mergeElements(
    attribute,
    [],
    read.filter((element) => element !== undefined),
    rules,
  )
  return elements.length === 0 ? undefined : elements
}

/** One element of a list attribute, or the value of a singular one. */
export function readElement(attribute: AttributeShape, value: JsonValue, rules: ReadingRules): JsonValue | undefined {
  if (attribute.definition.type === "complex") return readComplex(attribute, value, rules)
  return readSimpleValue(attribute, value, rules.tolerances)
}

/**
 * A list with `incoming` added: what is there already stays one element, and a new primary takes the mark from the others
 * (RFC7644-3.5.2-15).
 *
 * @throws ScimError 400 invalidValue where two of the incoming elements are primary (vector P-add-multi-09, contested).
 */
export function mergeElements(
  attribute: AttributeShape,
  existing: readonly JsonValue[],
  incoming: readonly JsonValue[],
  { limits: { maxElements } }: ReadingRules,
): readonly JsonValue[] {
  // One alone is the same as no other.
  if (existing.length === 0 && incoming.length <= 1) return incoming
  const merged = [...existing]
  const places = new Map(existing.map((element, index) => [identityOf(attribute, element), index]))
  const touched = new Set<number>()
  for (const element of incoming) {
    const identity = identityOf(attribute, element)
    const place = places.get(identity) ?? merged.length
    const before = merged[place]
    const both = isJsonObject(before) && isJsonObject(element) ? inOrder(attribute, { ...before, ...element }) : before
    merged[place] = both ?? element
    places.set(identity, place)
    touched.add(place)
    if (merged.length > maxElements) {
      throw badRequest("invalidValue", `${attribute.label} can have ${maxElements} elements at most.`)
    }
  }
  return withOnePrimary(attribute, merged, touched)
}

/**
 * The list with no more than one primary: an element of `touched` wins over the others.
 *
 * @throws ScimError 400 invalidValue where two of `touched` are primary.
 */
export function withOnePrimary(
  attribute: AttributeShape,
  elements: readonly JsonValue[],
  touched: ReadonlySet<number>,
): readonly JsonValue[] {
  const isPrimary = (element: JsonValue | undefined): boolean => isJsonObject(element) && element["primary"] === true
  const winners = [...touched].filter((index) => isPrimary(elements[index]))
  if (winners.length > 1) throw badRequest("invalidValue", `Only one element of ${attribute.label} can be primary.`)
  const [winner] = winners
  if (winner === undefined) return elements
  return elements.map((element, index) =>
    index !== winner && isJsonObject(element) && isPrimary(element) ? { ...element, primary: false } : element,
  )
}

/** The list without the elements that `listed` names: by their value and type, or by their value where no type is given. */
export function withoutListed(
  attribute: AttributeShape,
  existing: readonly JsonValue[],
  listed: readonly JsonValue[],
): readonly JsonValue[] {
  const gone = new Set(listed.map((element) => identityOf(attribute, element)))
  const isGone = (element: JsonValue): boolean =>
    gone.has(identityOf(attribute, element)) ||
    (isJsonObject(element) && gone.has(identityOf(attribute, { ...element, type: null })))
  return existing.filter((element) => !isGone(element))
}

/** The members of a complex value in the order of the schema, so that equal values are equal texts. */
export function inOrder(attribute: AttributeShape, value: JsonObject): JsonObject {
  const ordered: Record<string, JsonValue> = {}
  for (const { name } of attribute.subs.values()) {
    const part = value[name]
    if (part !== undefined) ordered[name] = part
  }
  return ordered
}

/** The parts of a complex value, those without a value as undefined: what a PATCH sets and unassigns. */
export function readParts(
  attribute: AttributeShape,
  value: JsonObject,
  rules: ReadingRules,
): ReadonlyMap<AttributeShape, JsonValue | undefined> {
  const parts = new Map<AttributeShape, JsonValue | undefined>()
  for (const [name, given] of Object.entries(value)) {
    const sub = attribute.subs.get(name.toLowerCase())
    if (sub === undefined || sub.source !== attribute.source) continue
    if (sub.definition.mutability === "readOnly" && !rules.keepReadOnly) continue
    if (parts.has(sub)) throw badRequest("invalidSyntax", `${sub.label} is given twice.`)
    parts.set(sub, readAttribute(sub, given, rules))
  }
  return withReferencedId(attribute, value, parts)
}

/** The complex value as an object, where a tolerance lets it come in another form. */
export function unwrapComplex(attribute: AttributeShape, value: JsonValue, tolerances: Tolerances): JsonValue {
  const valueSub = attribute.subs.get("value")
  if (valueSub === undefined || attribute.definition.multiValued || !tolerances.plainComplexValues) return value
  const [only, ...others] = isJsonArray(value) ? value : [value]
  if (only === undefined || others.length > 0) return value
  return typeof only === "string" ? { [valueSub.name]: only } : only
}

function readOne(attribute: AttributeShape, value: JsonValue, rules: ReadingRules): JsonValue | undefined {
  if (attribute.definition.type === "complex") {
    return readComplex(attribute, unwrapComplex(attribute, value, rules.tolerances), rules)
  }
  const simple = rules.tolerances.wrappedSimpleValues ? unwrapSimple(value) : value
  return simple === null ? undefined : readSimpleValue(attribute, simple, rules.tolerances)
}

function unwrapSimple(value: JsonValue): JsonValue {
  const [only, ...others] = isJsonArray(value) ? value : []
  return isJsonObject(only) && others.length === 0 ? (only["value"] ?? null) : value
}

function readComplex(attribute: AttributeShape, value: JsonValue, rules: ReadingRules): JsonObject | undefined {
  if (!isJsonObject(value)) throw wrongValue(attribute, value, "an object")
  const parts = readParts(attribute, value, rules)
  if (isEmptied(attribute, parts, rules.tolerances)) return undefined
  const object: Record<string, JsonValue> = {}
  for (const [sub, part] of parts) if (part !== undefined) object[sub.name] = part
  return Object.keys(object).length === 0 ? undefined : inOrder(attribute, object)
}

/** Whether the value means "none" by its empty `value`: the manager taken away (WIRE-134). */
export function isEmptied(
  attribute: AttributeShape,
  parts: ReadonlyMap<AttributeShape, JsonValue | undefined>,
  tolerances: Tolerances,
): boolean {
  const valueSub = attribute.subs.get("value")
  if (valueSub === undefined || attribute.definition.multiValued || !tolerances.emptyValueUnassigns) return false
  return parts.get(valueSub) === ""
}

/** A reference given by its `$ref` alone names the id in its last segment (RFC 7643 §2.3.7, §4.3). */
function withReferencedId(
  attribute: AttributeShape,
  value: JsonObject,
  parts: Map<AttributeShape, JsonValue | undefined>,
): ReadonlyMap<AttributeShape, JsonValue | undefined> {
  const valueSub = attribute.subs.get("value")
  const reference = value["$ref"]
  const isDerived = attribute.subs.get("$ref")?.source === "manager" || attribute.source === "members"
  if (valueSub === undefined || !isDerived || parts.get(valueSub) !== undefined) return parts
  const id = typeof reference === "string" ? reference.split("/").at(-1) : undefined
  return id === undefined || id === "" || parts.has(valueSub) ? parts : new Map([...parts, [valueSub, id]])
}

/** What makes an element the same as another: the pair of value and type where there is a value, else everything. */
export function identityOf(attribute: AttributeShape, element: JsonValue): string {
  if (!isJsonObject(element)) return JSON.stringify(comparableValue(attribute, element))
  const value = attribute.subs.get("value")
  const type = attribute.subs.get("type")
  if (value === undefined || element["value"] === undefined) return JSON.stringify(element)
  return JSON.stringify([
    comparableValue(value, element["value"]),
    type === undefined ? null : comparableValue(type, element["type"] ?? null),
  ])
}

function comparableValue(attribute: AttributeShape, value: JsonValue): JsonValue {
  return typeof value === "string" ? comparable(attribute.comparison, value) : value
}
