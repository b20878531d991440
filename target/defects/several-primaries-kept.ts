import type { JsonObject, JsonValue } from "../json.ts"
import { isJsonArray, isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { bodyOf, changeBody, changeList, changeResources, textIn } from "./rewriting.ts"

export const severalPrimariesKept = defect({
  name: "several-primaries-kept",
  title: "Several e-mail addresses can be primary at once",
  seen: "a requirement of scim2/test-suite (primary_auto_unset); servers split (peers §4)",
  level: "must",
  wrap(next) {
    const primaries = new Set<string>()
    return async (request) => {
      for (const value of primaryValuesIn(await bodyOf(request))) primaries.add(value)
      const answer = await next(await changeBody(request, withOnePrimary))
      return changeResources(answer, (resource) =>
        changeList(resource, "emails", (email) =>
          primaries.has(textIn(email, "value")) ? { ...email, primary: true } : email,
        ),
      )
    }
  },
})

function primaryValuesIn(value: JsonValue): string[] {
  if (isJsonArray(value)) return value.flatMap(primaryValuesIn)
  if (!isJsonObject(value)) return []
  const own = value["primary"] === true ? [textIn(value, "value")] : []
  return [...own, ...Object.values(value).flatMap(primaryValuesIn)]
}

/** The target refuses two primaries in one request, so it is told of the first alone. */
function withOnePrimary(body: JsonObject): JsonObject {
  let isFirst = true
  return changeList(body, "emails", (email) => {
    const marked = isFirst ? email : { ...email, primary: false }
    isFirst = false
    return marked
  })
}
