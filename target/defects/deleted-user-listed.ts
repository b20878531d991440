import { isJsonObject } from "../json.ts"
import type { JsonObject, JsonValue } from "../json.ts"
import { defect } from "./defect.ts"
import { filterOf } from "./filter-changes.ts"
import { ask, bodyOf, changeAnswer, idOf, listIn, routeOf } from "./rewriting.ts"

export const deletedUserListed = defect({
  name: "deleted-user-listed",
  title: "A deleted user is still found by searches",
  seen: "better-auth #11113: reprovisioning collides with the deactivated row; RFC7644-3.6-03",
  level: "must",
  wrap(next) {
    const deleted: JsonObject[] = []
    return async (request) => {
      if (routeOf(request) === "DELETE /Users/{id}") {
        const user = await bodyOf(await ask(next, request, { path: `/Users/${idOf(request)}` }))
        if ("userName" in user) deleted.push(user)
      }
      const answer = await next(request)
      if (routeOf(request) !== "GET /Users") return answer
      const filter = filterOf(request)
      const wanted = filter?.kind === "compare" ? filter.value : undefined
      const found: readonly JsonValue[] = deleted.filter((user) => isJsonObject(user) && user["userName"] === wanted)
      return changeAnswer(answer, (body) => ({
        ...body,
        totalResults: Number(body["totalResults"]) + found.length,
        Resources: [...listIn(body, "Resources"), ...found],
      }))
    }
  },
})
