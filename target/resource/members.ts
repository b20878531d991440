/** Members as clients name them: by the id of the member; what else is said of them is derived (RFC7643-4.2-02). */
import { isJsonArray, isJsonObject } from "../json.ts"
import type { JsonValue } from "../json.ts"
import { badRequest } from "../scim-error.ts"

/**
 * The ids in a list of members, each once. One member may stand without the list around it.
 *
 * @throws ScimError 400 invalidValue where a member has no id (vector P-group-20, contested).
 */
export function readMemberIds(value: JsonValue): readonly string[] {
  if (value === null) return []
  return [...new Set((isJsonArray(value) ? value : [value]).map(readMemberId))]
}

function readMemberId(member: JsonValue): string {
  if (!isJsonObject(member)) throw badRequest("invalidValue", "A member must be an object with a value.")
  const parts = new Map(Object.entries(member).map(([name, part]) => [name.toLowerCase(), part]))
  const id = parts.get("value") ?? lastSegment(parts.get("$ref"))
  if (typeof id !== "string" || id === "") {
    throw badRequest("invalidValue", "A member must have the id of a resource as its value.")
  }
  return id
}

/** A member given by its `$ref` alone: the id is the last segment of the URL. */
function lastSegment(reference: JsonValue | undefined): string | undefined {
  return typeof reference === "string" ? reference.split("/").at(-1) : undefined
}
