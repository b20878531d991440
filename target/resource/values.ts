/**
 * What a resource holds, between its stored text and its rules: the value of each attribute, by attribute. Values are
 * normalised: canonical names, no null, no empty list, no empty object; those of the stored document only.
 */
import { isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import type { AttributeShape, ResourceShape } from "./shape.ts"

export type Values = ReadonlyMap<AttributeShape, JsonValue>

/** Lays values out as a resource: attributes in the order of the schemas, extensions in their containers. */
export function toDocument(shape: ResourceShape, values: Values): JsonObject {
  const document: Record<string, JsonValue> = {}
  // The attributes of an extension come behind all core attributes, one extension after the other.
  let container: Record<string, JsonValue> = document
  let inside: string | undefined
  for (const attribute of shape.attributes) {
    const value = values.get(attribute)
    if (value === undefined) continue
    const { extension } = attribute
    if (extension !== undefined && extension !== inside) {
      container = {}
      document[extension] = container
      inside = extension
    }
    container[attribute.name] = value
  }
  return document
}

/** Reads a stored document back; `meta` is none of the values, since every write makes it anew. */
export function fromDocument(shape: ResourceShape, document: JsonObject): Values {
  const values = new Map<AttributeShape, JsonValue>()
  for (const attribute of shape.attributes) {
    if (attribute === shape.meta) continue
    const container = attribute.extension === undefined ? document : document[attribute.extension]
    const value = isJsonObject(container) ? container[attribute.name] : undefined
    if (value !== undefined) values.set(attribute, value)
  }
  return values
}

/** The same values with one of them set, or taken away where `value` is undefined. */
export function withValue(values: Values, attribute: AttributeShape, value: JsonValue | undefined): Values {
  const changed = new Map(values)
  if (value === undefined) changed.delete(attribute)
  else changed.set(attribute, value)
  return changed
}

/**
 * `schemas` as it has to be: the base schema, what the client declared, and every extension that has values
 * (RFC7643-3-01, -3.3-01, C-60), each once.
 */
export function schemasOf(shape: ResourceShape, values: Values, declared: readonly string[]): readonly string[] {
  const used = new Set([shape.type.schema])
  for (const { extension } of values.keys()) if (extension !== undefined) used.add(extension)
  for (const urn of declared) used.add(shape.urns.get(urn.toLowerCase()) ?? urn)
  const urns: string[] = []
  for (const urn of shape.urns.values()) if (used.has(urn)) urns.push(urn)
  return urns
}
