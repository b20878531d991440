import { defect } from "./defect.ts"
import { changeResources } from "./rewriting.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { isJsonArray, isJsonObject } from "../json.ts"

function asText(value: JsonValue): JsonValue {
  if (typeof value === "boolean") return value ? "True" : "False"
  if (isJsonArray(value)) return value.map(asText)
  return isJsonObject(value) ? textInside(value) : value
}

function textInside(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, asText(value)]))
}

export const booleansAsText = defect({
  name: "booleans-as-text",
  title: 'Booleans are returned as the texts "True" and "False"',
  seen: "texts stored as Entra sends them (ssoready #155); in an answer they fail its parser (WIRE-207)",
  level: "must",
  wrap: (next) => async (request) => changeResources(await next(request), textInside),
})
