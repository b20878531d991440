/** A resource as a client sends it to be created or to replace another, made into values (RFC 7644 §3.3, §3.5.1). */
import { isJsonArray, isJsonObject, textsIn } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { badRequest } from "../scim-error.ts"
import type { Tolerances } from "../tolerances.ts"
import { readAttribute } from "./attribute-value.ts"
import type { ReadingRules } from "./attribute-value.ts"
import { readMemberIds } from "./members.ts"
import type { AttributeShape, ResourceShape } from "./shape.ts"
import type { Secrets } from "./secrets.ts"
import { schemasOf } from "./values.ts"
import type { Values } from "./values.ts"

export interface ReadResource {
  readonly values: Values
  /** Ids of the members, where the body names any. */
  readonly members: readonly string[]
  /** What the body gave a value to: `returned: request` attributes among them are part of the answer (RFC7643-7-15). */
  readonly written: ReadonlySet<AttributeShape>
  /** What is to be kept as a hash only; nothing where the body unassigns it. */
  readonly secrets: Secrets
}

/**
 * Reads a whole resource. Names are found in any case; what no schema knows is dropped, as is what only the server writes.
 *
 * @throws ScimError 400 invalidSyntax where the body is no resource of the type, invalidValue where a value is wrong or a
 * required one is missing.
 */
export function readResource(shape: ResourceShape, body: JsonValue, rules: ReadingRules): ReadResource {
  if (!isJsonObject(body)) throw badRequest("invalidSyntax", "The body must be a JSON object.")
  const given = new Map(attributesIn(shape.core, body))
  for (const [urn, { attributes }] of shape.extensions) {
    for (const [attribute, value] of attributesInContainer(attributes, body, urn)) given.set(attribute, value)
  }
  const declared = readSchemas(shape, given.get(shape.schemas) ?? null, rules.tolerances)
  const values = new Map<AttributeShape, JsonValue>()
  const written = new Set<AttributeShape>()
  const secrets = new Map<AttributeShape, JsonValue | undefined>()
  let members: readonly string[] = []
  for (const [attribute, value] of given) {
    if (attribute === shape.schemas || !isWritable(attribute, rules)) continue
    if (attribute.source === "members") members = readMemberIds(value)
    const read = attribute.source === "members" ? undefined : readAttribute(attribute, value, rules)
    if (value !== null) written.add(attribute)
    if (attribute.source === "secret") secrets.set(attribute, read)
    else if (read !== undefined) values.set(attribute, read)
  }
  values.set(shape.schemas, schemasOf(shape, values, declared))
  assertRequired(shape, values)
  return { values, members, written, secrets }
}

/**
 * `schemas` of a request: a list of URNs with the base schema among them (RFC7643-3-03, contested).
 *
 * @throws ScimError 400
 */
export function readSchemas(shape: ResourceShape, value: JsonValue, tolerances: Tolerances): readonly string[] {
  const urns = textsIn(value)
  if (!isJsonArray(value) || urns.length !== value.length || urns.length === 0) {
    throw badRequest("invalidSyntax", "schemas must be a list of schema URNs.")
  }
  if (!urns.some((urn) => urn.toLowerCase() === shape.type.schema.toLowerCase())) {
    throw badRequest("invalidSyntax", `schemas must contain ${shape.type.schema}.`)
  }
  const isKnown = (urn: string): boolean => shape.urns.has(urn.toLowerCase())
  if (!tolerances.unknownSchemas && !urns.every(isKnown)) {
    throw badRequest("invalidValue", `schemas names a schema that ${shape.type.name} does not have.`)
  }
  return urns.filter(isKnown)
}

/**
 * @throws ScimError 400 invalidValue where a required extension, attribute or part has no value or an empty one
 * (RFC7643-4.1.1-01).
 */
export function assertRequired(shape: ResourceShape, values: Values): void {
  const used = new Set<string | undefined>([undefined])
  for (const { extension } of values.keys()) used.add(extension)
  for (const { urn, required } of shape.extensions.values()) {
    if (required && !used.has(urn)) throw badRequest("invalidValue", `${urn} is required.`)
  }
  for (const attribute of shape.required) {
    if (used.has(attribute.extension)) assertHasValue(attribute, values.get(attribute))
  }
  for (const attribute of shape.withRequiredSubs) assertHasParts(attribute, values.get(attribute))
}

/** A secret that is required has to be set first; from then on the resource has one. @throws ScimError 400 invalidValue */
export function assertSecrets(shape: ResourceShape, secrets: Secrets): void {
  for (const attribute of shape.secrets) {
    if (attribute.definition.required) assertHasValue(attribute, secrets.get(attribute))
  }
}

/** @throws ScimError 400 invalidValue where a value lacks a part that each must have */
function assertHasParts(attribute: AttributeShape, value: JsonValue | undefined): void {
  for (const element of isJsonArray(value) ? value : [value]) {
    if (!isJsonObject(element)) continue
    for (const sub of attribute.requiredSubs) assertHasValue(sub, element[sub.name])
  }
}

/** @throws ScimError 400 invalidValue */
export function assertHasValue(attribute: AttributeShape, value: JsonValue | undefined): void {
  if (value === undefined || value === "") {
    throw badRequest("invalidValue", `${attribute.label} is required and cannot be empty.`)
  }
}

/** The named attributes of an object; a name that stands twice (in two spellings) is ambiguous. */
function attributesIn(
  attributes: ReadonlyMap<string, AttributeShape>,
  object: JsonObject,
): ReadonlyMap<AttributeShape, JsonValue> {
  const found = new Map<AttributeShape, JsonValue>()
  for (const [name, value] of Object.entries(object)) {
    const attribute = attributes.get(name.toLowerCase())
    if (attribute === undefined) continue
    if (found.has(attribute)) throw badRequest("invalidSyntax", `${attribute.label} is given twice.`)
    found.set(attribute, value)
  }
  return found
}

function attributesInContainer(
  attributes: ReadonlyMap<string, AttributeShape>,
  body: JsonObject,
  urn: string,
): ReadonlyMap<AttributeShape, JsonValue> {
  const [name, another] = Object.keys(body).filter((one) => one.length === urn.length && one.toLowerCase() === urn)
  if (another !== undefined) throw badRequest("invalidSyntax", `${urn} is given twice.`)
  const container = (name === undefined ? undefined : body[name]) ?? {}
  if (!isJsonObject(container)) throw badRequest("invalidValue", `${urn} must be an object.`)
  return attributesIn(attributes, container)
}

/** Read-only values are ignored, not refused (RFC7644-3.3-01, -3.5.1-06); derived ones are never taken over. */
function isWritable({ definition, source }: AttributeShape, rules: ReadingRules): boolean {
  if (source === "row" || source === "groups" || source === "manager") return false
  return definition.mutability !== "readOnly" || rules.keepReadOnly
}
