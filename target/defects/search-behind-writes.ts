import { defect } from "./defect.ts"
import { idOf, keepResources, routeOf, textIn } from "./rewriting.ts"

export const searchBehindWrites = defect({
  name: "search-behind-writes",
  title: "The first search after a PATCH does not find what was changed yet",
  seen: "a search index that follows the database; WIRE-211: the change must be visible at once",
  level: "entra",
  wrap(next) {
    const changed = new Set<string>()
    return async (request) => {
      const route = routeOf(request)
      if (route === "PATCH /Users/{id}") changed.add(idOf(request))
      const answer = await next(request)
      if (route !== "GET /Users") return answer
      const stale = new Set(changed)
      changed.clear()
      return keepResources(answer, (resource) => !stale.has(textIn(resource, "id")))
    }
  },
})
