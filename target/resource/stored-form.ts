/** Between values and rows: the document's text, the keys a resource is found by, the name others call it by. */
import { isJsonArray, isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import type { LookupKey, StoredResource } from "../store/resource-store.ts"
import type { AttributeShape, ResourceShape } from "./shape.ts"
import { comparable } from "./text.ts"
import { fromDocument, toDocument } from "./values.ts"
import type { Values } from "./values.ts"

/** What of a row follows from the values. */
export type StoredForm = Pick<StoredResource, "document" | "display" | "manager">

export function toStoredForm(shape: ResourceShape, values: Values): StoredForm {
  return {
    document: JSON.stringify(toDocument(shape, values)),
    display: displayOf(shape, values),
    manager: managerOf(values),
  }
}

/** The values of a row. */
export function fromStored(shape: ResourceShape, { document }: StoredResource): Values {
  return fromDocument(shape, parseDocument(document))
}

/** What we stored ourselves is an object. */
function parseDocument(text: string): JsonObject {
  const document: JsonValue = JSON.parse(text)
  if (!isJsonObject(document)) throw new Error("A stored document is no JSON object.")
  return document
}

/** The keys of every indexed attribute, each once; those of `uniqueNames` unique beside what the schema calls so. */
export function keysOf(shape: ResourceShape, values: Values, uniqueNames: ReadonlySet<string>): readonly LookupKey[] {
  const keys = new Map<string, LookupKey>()
  for (const { attribute, sub, index } of shape.indexed) {
    for (const text of keyTextsIn(values.get(attribute) ?? null, sub)) {
      const key = comparable((sub ?? attribute).comparison, text)
      keys.set(`${index.name} ${key}`, { name: index.name, key, unique: index.unique || uniqueNames.has(index.name) })
    }
  }
  return [...keys.values()]
}

/** The keys of `after` that `before` has not. */
export function newKeys(before: readonly LookupKey[], after: readonly LookupKey[]): readonly LookupKey[] {
  const known = new Set(before.map(({ name, key }) => `${name} ${key}`))
  return after.filter(({ name, key }) => !known.has(`${name} ${key}`))
}

function keyTextsIn(value: JsonValue, sub: AttributeShape | undefined): readonly string[] {
  const elements = isJsonArray(value) ? value : [value]
  const found =
    sub === undefined ? elements : elements.map((element) => (isJsonObject(element) ? element[sub.name] : null))
  return found.filter((text) => typeof text === "string")
}

/** The name others call a resource by: what it calls itself, else its formatted name, else what it signs in with. */
function displayOf(shape: ResourceShape, values: Values): string | null {
  const name = valueOf(shape, values, "name")
  const formatted = isJsonObject(name) ? name["formatted"] : undefined
  const candidates = [valueOf(shape, values, "displayname"), formatted, valueOf(shape, values, "username")]
  return candidates.filter((text) => typeof text === "string").find((text) => text !== "") ?? null
}

function valueOf(shape: ResourceShape, values: Values, key: string): JsonValue | undefined {
  const attribute = shape.core.get(key)
  return attribute === undefined ? undefined : values.get(attribute)
}

/** The id that the derived parts of `manager` hang on. */
function managerOf(values: Values): string | null {
  for (const [attribute, value] of values) {
    const derives = [...attribute.subs.values()].some(({ source }) => source === "manager")
    const id = derives && isJsonObject(value) ? value["value"] : undefined
    if (typeof id === "string") return id
  }
  return null
}
