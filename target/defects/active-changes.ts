/** For defects that get disabling and enabling wrong: what a PATCH says of `active`. */
import type { JsonObject, JsonValue } from "../json.ts"
import { isJsonObject } from "../json.ts"
import { pathOf } from "./patch-changes.ts"

/** What an operation sets `active` to, with or without a path; undefined where it says nothing of it. */
export function activeIn(operation: JsonObject): boolean | undefined {
  const { value } = operation
  if (pathOf(operation).toLowerCase() === "active") return toBoolean(value)
  return pathOf(operation) === "" && isJsonObject(value) ? toBoolean(value["active"]) : undefined
}

function toBoolean(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === "boolean") return value
  if (typeof value !== "string") return undefined
  return { true: true, false: false }[value.toLowerCase()]
}
