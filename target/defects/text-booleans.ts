/** For defects that meet "True" and "False" where the schema has a Boolean: `active` in bodies and in PATCH values. */
import { isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { pathOf } from "./patch-changes.ts"
import { changeList } from "./rewriting.ts"

/** The body with `active` as `read` makes of the text that stands for it, wherever it stands. */
export function mapActiveTexts(body: JsonObject, read: (text: string) => JsonValue): JsonObject {
  return mapMember(
    changeList(body, "Operations", (operation) => {
      const { value } = operation
      if (isJsonObject(value)) return { ...operation, value: mapMember(value, read) }
      const isText = pathOf(operation).toLowerCase() === "active" && typeof value === "string"
      return isText ? { ...operation, value: read(value) } : operation
    }),
    read,
  )
}

function mapMember(object: JsonObject, read: (text: string) => JsonValue): JsonObject {
  const { active } = object
  return typeof active === "string" ? { ...object, active: read(active) } : object
}
