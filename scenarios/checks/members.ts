/** Reading and leaving out members of JSON objects. */
import type { JsonObject } from "./context.ts"

/** The text in a member; empty where there is none. */
export function textIn(object: JsonObject, name: string): string {
  const value = object[name]
  return typeof value === "string" ? value : ""
}

/** `object` without one of its members. */
export function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name))
}
