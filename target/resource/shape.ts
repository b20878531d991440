/**
 * A resource type made ready for use: its attributes by lower-case name, where each value lives, how it compares and
 * whether it has an index. Built once when the target starts, so that no request walks a schema.
 */
import { COMMON_ATTRIBUTES } from "../../protocol/index.ts"
import type {
  AttributeDefinition,
  AttributePath,
  ResourceTypeDefinition,
  SchemaDefinition,
} from "../../protocol/index.ts"
import { indexOf, sourceOf } from "./placement.ts"
import type { ValueIndex, ValueSource } from "./placement.ts"
import { comparable, comparisonOf } from "./text.ts"
import type { Comparison } from "./text.ts"

export interface AttributeShape {
  readonly definition: AttributeDefinition
  readonly name: string
  /** As messages call it: `emails.type`. */
  readonly label: string
  /** URN of the extension whose container holds the value; absent at the top level. */
  readonly extension?: string
  readonly source: ValueSource
  readonly comparison: Comparison
  /** Set where equality is answered by an index. */
  readonly index?: ValueIndex
  /** The only texts it may have, in comparable form; absent where its canonicalValues are suggestions, or there are none. */
  readonly allowed?: ReadonlySet<string>
  /** By lower-case name; empty unless complex. */
  readonly subs: ReadonlyMap<string, AttributeShape>
  /** Those of them that each value must have. */
  readonly requiredSubs: readonly AttributeShape[]
  /** Those of them that keep their first value. */
  readonly immutableSubs: readonly AttributeShape[]
  /**
   * SQLite's JSON path to the value: from the document for attributes and their sub-attributes, from the element for the
   * sub-attributes of a list.
   */
  readonly jsonPath: string
}

/** One extension of a resource type. */
export interface ExtensionShape {
  readonly urn: string
  readonly required: boolean
  readonly attributes: ReadonlyMap<string, AttributeShape>
}

export interface ResourceShape {
  readonly type: ResourceTypeDefinition
  readonly schemas: AttributeShape
  readonly id: AttributeShape
  readonly meta: AttributeShape
  /** Common attributes and those of the base schema, by lower-case name, in the order they are shown. */
  readonly core: ReadonlyMap<string, AttributeShape>
  /** By lower-case URN. */
  readonly extensions: ReadonlyMap<string, ExtensionShape>
  /** Every top-level attribute, extensions' included, in the order they are shown. */
  readonly attributes: readonly AttributeShape[]
  /** The attributes that every resource must have, or every one that uses their extension. */
  readonly required: readonly AttributeShape[]
  /** The attributes of which some part is required. */
  readonly withRequiredSubs: readonly AttributeShape[]
  /** The attributes of which only a hash is kept. */
  readonly secrets: readonly AttributeShape[]
  /** The attributes whose values are other resources: members, groups. */
  readonly related: readonly AttributeShape[]
  /** The attributes of which parts are derived from the row of the manager. */
  readonly managers: readonly AttributeShape[]
  /** Whether some attribute is returned on request only, so that what is stored is more than what is shown. */
  readonly hasRequested: boolean
  /** Everything with an index; `sub` where it is a part of a complex attribute. */
  readonly indexed: readonly IndexedAttribute[]
  /** URNs that `schemas` may hold, by their lower-case form. */
  readonly urns: ReadonlyMap<string, string>
}

export interface IndexedAttribute {
  readonly attribute: AttributeShape
  readonly sub?: AttributeShape
  readonly index: ValueIndex
}

/** What an attribute path means on a resource type. `unknown` also where the attribute is there and the sub-attribute is not. */
export type Found =
  | { readonly kind: "attribute"; readonly attribute: AttributeShape; readonly sub?: AttributeShape }
  | { readonly kind: "unknown"; readonly parent?: AttributeShape }

/**
 * Makes a resource type ready. `schemas` holds the base schema and the extensions; of those in `strict` the canonicalValues
 * are the only ones (RFC7643-2.3.1-02).
 */
export function createShape(
  type: ResourceTypeDefinition,
  schemas: readonly SchemaDefinition[],
  strict: ReadonlySet<string> = new Set(),
): ResourceShape {
  const base = schemaOf(schemas, type.schema)
  const place = (schema: string) => ({ type: type.name, schema, isStrict: strict.has(schema) })
  const core = shapesOf([...COMMON_ATTRIBUTES, ...base.attributes], { ...place(base.id), parentPath: "$" })
  const extensions = type.schemaExtensions.map(({ schema, required }): ExtensionShape => {
    const { id: urn, attributes } = schemaOf(schemas, schema)
    const parentPath = `$."${urn}"`
    return { urn, required, attributes: shapesOf(attributes, { ...place(urn), extension: urn, parentPath }) }
  })
  const urns = [base.id, ...extensions.map(({ urn }) => urn)]
  const attributes = [...core.values(), ...extensions.flatMap((extension) => [...extension.attributes.values()])]
  return {
    type,
    schemas: mustHave(core, "schemas"),
    id: mustHave(core, "id"),
    meta: mustHave(core, "meta"),
    core,
    extensions: new Map(extensions.map((extension) => [extension.urn.toLowerCase(), extension])),
    attributes,
    required: attributes.filter(({ definition, source }) => {
      return definition.required && definition.mutability !== "readOnly" && source !== "secret"
    }),
    withRequiredSubs: attributes.filter(({ requiredSubs }) => requiredSubs.length > 0),
    secrets: attributes.filter(({ source }) => source === "secret"),
    related: attributes.filter(({ source }) => source === "members" || source === "groups"),
    managers: attributes.filter(derivesManager),
    hasRequested: attributes.some(isRequested),
    indexed: attributes.flatMap(indexedIn),
    urns: new Map(urns.map((urn) => [urn.toLowerCase(), urn])),
  }
}

/**
 * What `path` means; names and URNs in any case. An extension's attribute is found without its URN, after the core ones,
 * where `unqualified` allows it (vector F-urn-17, contested).
 */
export function findAttribute(shape: ResourceShape, path: AttributePath, unqualified = true): Found {
  const attribute = findTopLevel(shape, path, unqualified)
  if (attribute === undefined) return { kind: "unknown" }
  if (path.sub === undefined) return { kind: "attribute", attribute }
  const sub = attribute.subs.get(path.sub.toLowerCase())
  return sub === undefined ? { kind: "unknown", parent: attribute } : { kind: "attribute", attribute, sub }
}

function findTopLevel(shape: ResourceShape, path: AttributePath, unqualified: boolean): AttributeShape | undefined {
  const name = path.name.toLowerCase()
  const urn = path.schema?.toLowerCase()
  if (urn !== undefined && urn !== shape.type.schema.toLowerCase())
    return shape.extensions.get(urn)?.attributes.get(name)
  const core = shape.core.get(name)
  if (core !== undefined || urn !== undefined || !unqualified) return core
  return [...shape.extensions.values()]
    .map(({ attributes }) => attributes.get(name))
    .find((found) => found !== undefined)
}

function schemaOf(schemas: readonly SchemaDefinition[], urn: string): SchemaDefinition {
  const schema = schemas.find(({ id }) => id === urn)
  if (schema === undefined) throw new Error(`A resource type names the schema ${urn}, which is not defined.`)
  return schema
}

function shapesOf(definitions: readonly AttributeDefinition[], place: Place): ReadonlyMap<string, AttributeShape> {
  return new Map(definitions.map((one) => [one.name.toLowerCase(), createAttribute(one, place)]))
}

/** Where an attribute is defined and stored. */
interface Place {
  readonly type: string
  readonly schema: string
  readonly isStrict: boolean
  readonly extension?: string
  readonly parentPath: string
  readonly parent?: string
}

function createAttribute(definition: AttributeDefinition, place: Place): AttributeShape {
  const label = place.parent === undefined ? definition.name : `${place.parent}.${definition.name}`
  const jsonPath = `${place.parentPath}."${definition.name}"`
  const subPlace = { ...place, parentPath: definition.multiValued ? "$" : jsonPath, parent: label }
  const index = indexOf(place, label, definition)
  const comparison = comparisonOf(definition, place.schema)
  const canonical = place.isStrict ? definition.canonicalValues : undefined
  const subs = shapesOf(definition.subAttributes ?? [], subPlace)
  return {
    definition,
    name: definition.name,
    label,
    ...(place.extension !== undefined && { extension: place.extension }),
    source: sourceOf(place.schema, label, definition),
    comparison,
    ...(index !== undefined && { index }),
    ...(canonical !== undefined && { allowed: new Set(canonical.map((text) => comparable(comparison, text))) }),
    subs,
    requiredSubs: [...subs.values()].filter((sub) => sub.definition.required),
    immutableSubs: [...subs.values()].filter((sub) => sub.definition.mutability === "immutable"),
    jsonPath,
  }
}

function isRequested({ definition, subs }: AttributeShape): boolean {
  return definition.returned === "request" || [...subs.values()].some(isRequested)
}

/** Whether resources of the type have members. */
export function hasMembers({ related }: ResourceShape): boolean {
  return related.some(({ source }) => source === "members")
}

/** Whether parts of the attribute are derived from the row of the manager. */
export function derivesManager({ subs }: AttributeShape): boolean {
  return [...subs.values()].some(({ source }) => source === "manager")
}

function indexedIn(attribute: AttributeShape): readonly IndexedAttribute[] {
  const own = attribute.index === undefined ? [] : [{ attribute, index: attribute.index }]
  const parts = [...attribute.subs.values()].flatMap((sub) =>
    sub.index === undefined ? [] : [{ attribute, sub, index: sub.index }],
  )
  return [...own, ...parts]
}

function mustHave(core: ReadonlyMap<string, AttributeShape>, name: string): AttributeShape {
  const attribute = core.get(name)
  if (attribute === undefined) throw new Error(`The common attribute ${name} is not defined.`)
  return attribute
}
