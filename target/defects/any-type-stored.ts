import type { JsonObject, JsonValue } from "../json.ts"
import { defect } from "./defect.ts"
import { bodyOf, changeRequest, changeResources, routeOf, textIn, without } from "./rewriting.ts"

export const anyTypeStored = defect({
  name: "any-type-stored",
  title: "Values are stored and returned as they come, whatever the schema says",
  seen: 'document stores without a schema; ssoready #155 stored "False" as a text',
  level: "must",
  wrap(next) {
    const stored = new Map<string, JsonObject>()
    return async (request) => {
      const body = await bodyOf(request)
      const odd = routeOf(request) === "POST /Users" ? oddValues(body) : {}
      const names = Object.keys(odd)
      if (names.length > 0) request = await changeRequest(request, { body: without(body, ...names) })
      const answer = await next(request)
      if (names.length > 0) stored.set(textIn(await bodyOf(answer), "id"), odd)
      return changeResources(answer, (resource) => ({ ...resource, ...stored.get(textIn(resource, "id")) }))
    }
  },
})

function oddValues(body: JsonObject): JsonObject {
  const isOdd = ([name, value]: readonly [string, JsonValue]): boolean =>
    (name === "active" && typeof value !== "boolean") || (name === "name" && typeof value === "string")
  return Object.fromEntries(Object.entries(body).filter(isOdd))
}
