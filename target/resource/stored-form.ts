/** Between values and rows: the document's text, the keys a resource is found by, the name others call it by. */
import { toRfc3339 } from "../../protocol/index.ts"
import { isJsonArray, isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import type { LookupKey, StoredResource } from "../store/resource-store.ts"
import { parseDateTime } from "./date-time.ts"
import type { AttributeShape, ResourceShape } from "./shape.ts"
import { comparable } from "./text.ts"
import { fromDocument, toDocument } from "./values.ts"
import type { Values } from "./values.ts"

/** What of a row does not follow from the values. */
export type Stamp = Pick<StoredResource, "id" | "created" | "lastModified" | "version">

/** The row of a resource with those values, whose text is `content` where it is known already. */
export function toStoredForm(
  shape: ResourceShape,
  values: Values,
  { id, created, lastModified, version }: Stamp,
  content = contentOf(shape, values),
): Omit<StoredResource, "seq"> {
  const row = { id, created, lastModified, version, type: shape.type.name }
  const document = withMeta(content, row, escaped(`${shape.type.endpoint}/${id}`))
  return { ...row, document, display: displayOf(shape, values), manager: managerOf(shape, values) }
}

/** The row with the same values and another stamp. */
export function restamped(stored: StoredResource, stamp: Pick<Stamp, "lastModified" | "version">): StoredResource {
  const { document } = stored
  const after = { ...stored, ...stamp }
  const location = document.slice(document.lastIndexOf(LOCATION) + LOCATION.length, -END.length)
  return { ...after, document: withMeta(document.slice(0, document.lastIndexOf(META)), after, location) }
}

/** Whether a row holds the values that have this text. */
export function holds({ document }: StoredResource, content: string): boolean {
  return document.startsWith(META, content.length) && document.startsWith(content)
}

/** How `meta` begins behind the last value, and ends. Inside a text the quotes would stand behind backslashes. */
const META = ',"meta":{"resourceType":"'
const VERSION = String.raw`"version":"W/\"`
const LOCATION = '"location":"'
const END = '"}}'

/** The text of the values, open at its end. There are some: schemas and id at least. */
export function contentOf(shape: ResourceShape, values: Values): string {
  return JSON.stringify(toDocument(shape, values)).slice(0, -1)
}

/** With the location last and relative to the base URL: the answer puts that in front. */
function withMeta(
  content: string,
  { type, created, lastModified, version }: Omit<Stamp, "id"> & { readonly type: string },
  location: string,
): string {
  const times = `"created":"${toRfc3339(created)}","lastModified":"${toRfc3339(lastModified)}"`
  return `${content}${META}${escaped(type)}",${times},${VERSION}${version}\\"",${LOCATION}${location}${END}`
}

/** A text as it stands between the quotes of JSON. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** The entity tag of a version (RFC 7644 §3.14): weak, since one resource has many representations. */
export function toEntityTag(version: number): string {
  return `W/"${version}"`
}

/** The version that a document says it is. */
export function versionOf(document: string): number {
  const place = document.lastIndexOf(VERSION) + VERSION.length
  return Number(document.slice(place, document.indexOf("\\", place)))
}

/** The document with `base` in front of its `meta.location`. */
export function withBase(document: string, base: string): string {
  const place = document.lastIndexOf(LOCATION) + LOCATION.length
  return `${document.slice(0, place)}${base}${document.slice(place)}`
}

/** The values of a row. */
export function fromStored(shape: ResourceShape, { document }: StoredResource): Values {
  return fromDocument(shape, parseDocument(document))
}

/** What we stored ourselves is an object. */
export function parseDocument(text: string): JsonObject {
  const document: JsonValue = JSON.parse(text)
  if (!isJsonObject(document)) throw new Error("A stored document is no JSON object.")
  return document
}

/**
 * The keys of every indexed attribute that `isAsked` for, each once; those of `uniqueNames` unique beside what the schema
 * calls so.
 */
export function keysOf(
  shape: ResourceShape,
  values: Values,
  uniqueNames: ReadonlySet<string>,
  isAsked: (attribute: AttributeShape) => boolean = () => true,
): readonly LookupKey[] {
  const keys: LookupKey[] = []
  for (const { attribute, sub, index } of shape.indexed) {
    const value = isAsked(attribute) ? values.get(attribute) : undefined
    if (value === undefined) continue
    const unique = index.unique || uniqueNames.has(index.name)
    for (const key of new Set(keyTextsIn(value, attribute, sub))) keys.push({ name: index.name, key, unique })
  }
  return keys
}

/** The keys of `after` that `before` has not. */
export function newKeys(before: readonly LookupKey[], after: readonly LookupKey[]): readonly LookupKey[] {
  const known = new Set(before.map(({ name, key }) => `${name} ${key}`))
  return after.filter(({ name, key }) => !known.has(`${name} ${key}`))
}

function keyTextsIn(value: JsonValue, attribute: AttributeShape, sub: AttributeShape | undefined): readonly string[] {
  const elements = valuesIn(value)
  const found =
    sub === undefined
      ? elements
      : elements.flatMap((element) => (isJsonObject(element) ? valuesIn(element[sub.name] ?? null) : []))
  return found.map((one) => keyTextOf(sub ?? attribute, one)).filter((key) => key !== undefined)
}

function valuesIn(value: JsonValue): readonly JsonValue[] {
  return isJsonArray(value) ? value : [value]
}

/** The text under which a value is indexed: two values are the same exactly if these are. */
function keyTextOf({ definition, comparison }: AttributeShape, value: JsonValue | undefined): string | undefined {
  if (typeof value === "number") return String(value)
  if (typeof value !== "string") return undefined
  if (definition.type !== "dateTime") return comparable(comparison, value)
  // One instant has many spellings.
  const instant = parseDateTime(value)
  return instant === undefined ? undefined : String(instant)
}

/** The name others call a resource by: its displayName and nothing else (RFC7643-4.3-03; decision 0041). */
function displayOf(shape: ResourceShape, values: Values): string | null {
  const attribute = shape.core.get("displayname")
  const name = attribute === undefined ? undefined : values.get(attribute)
  return typeof name === "string" && name !== "" ? name : null
}

/** The id that the derived parts of `manager` hang on. */
function managerOf({ managers }: ResourceShape, values: Values): string | null {
  for (const attribute of managers) {
    const value = values.get(attribute)
    const id = isJsonObject(value) ? value["value"] : undefined
    if (typeof id === "string") return id
  }
  return null
}
