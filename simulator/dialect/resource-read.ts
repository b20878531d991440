/** Reading a resource that the target returned: attribute names without regard to case, empty values as none. */
import type { Json, JsonObject } from "./dialect.ts"
import { targetPath } from "./target-path.ts"

/** The value at a mapping's target path; undefined where the resource has none (null, "", [] and {} count as none). */
export function readValue(resource: JsonObject, path: string): Json | undefined {
  const { schema, attribute, element, sub } = targetPath(path)
  const container = schema === undefined ? resource : member(resource, schema)
  if (!isObject(container)) return undefined
  let value = member(container, attribute)
  if (element !== undefined) value = selected(value, element)
  const inner = element !== undefined ? (sub ?? "value") : sub
  if (inner !== undefined) value = isObject(value) ? member(value, inner) : undefined
  return isEmpty(value) ? undefined : value
}

/** The target id a single-valued reference points at, such as the manager's (WIRE-133); undefined where there is none. */
export function readReference(resource: JsonObject, path: string): string | undefined {
  const value = readValue(resource, path)
  const reference = isObject(value) ? member(value, "value") : value
  return typeof reference === "string" && reference !== "" ? reference : undefined
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function member(object: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(object, name)) return object[name]
  const lower = name.toLowerCase()
  const found = Object.keys(object).find((key) => key.toLowerCase() === lower)
  return found === undefined ? undefined : object[found]
}

/** The first element that the filter selects; `primary eq "True"` is a boolean by now (MAP-404, WIRE-139). */
function selected(
  value: Json | undefined,
  element: { readonly attribute: string; readonly value: string | number | boolean },
): Json | undefined {
  if (!Array.isArray(value)) return undefined
  const wanted = toComparable(element.value)
  return value.find((candidate) => isObject(candidate) && toComparable(member(candidate, element.attribute)) === wanted)
}

function toComparable(value: Json | undefined): Json | undefined {
  return typeof value === "string" ? value.toLowerCase() : value
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === "object" && Object.keys(value).length === 0
}
