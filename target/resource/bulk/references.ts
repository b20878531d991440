/** References by bulkId (RFC 7644 §3.7.2): `bulkId:x` stands for the id that the resource created under x will have. */
import { isJsonArray, isJsonObject } from "../../json.ts"
import type { JsonValue } from "../../json.ts"
import type { BulkOperation } from "./message.ts"

/** A reference is a whole value, or the last segment of a URL. */
const REFERENCE = /^(?<before>(?:.*\/)?)bulkId:(?<bulkId>[^/]+)$/s

/** The bulkIds that an operation refers to, each once. */
export function referencesOf({ path, data }: BulkOperation): ReadonlySet<string> {
  const found = new Set<string>()
  const note = (bulkId: string): string => {
    found.add(bulkId)
    return ""
  }
  withIds(path, note)
  withIdsIn(data, note)
  return found
}

/** The text with the id that `idOf` gives in place of a reference. */
export function withIds(text: string, idOf: (bulkId: string) => string): string {
  const { before = "", bulkId } = REFERENCE.exec(text)?.groups ?? {}
  return bulkId === undefined ? text : `${before}${idOf(bulkId)}`
}

/** The data with ids in place of references, wherever they stand, extensions included. */
export function withIdsIn(data: JsonValue, idOf: (bulkId: string) => string): JsonValue {
  if (typeof data === "string") return withIds(data, idOf)
  if (isJsonArray(data)) return data.map((element) => withIdsIn(element, idOf))
  if (!isJsonObject(data)) return data
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, withIdsIn(value, idOf)]))
}
