import type { JsonValue } from "../json.ts"
import { defect } from "./defect.ts"
import { bodyOf, keepResources, routeOf } from "./rewriting.ts"

const INDEXED_AFTER_MS = 3_600_000

export const searchBehindCreates = defect({
  name: "search-behind-creates",
  title: "A new user or group is found by searches an hour later",
  seen: "a search index that is rebuilt every hour; RES-03: 409 only where the target's filter lags",
  level: "entra",
  wrap(next, { clock }) {
    const createdMs = new Map<JsonValue | undefined, number>()
    return async (request) => {
      const answer = await next(request)
      const route = routeOf(request)
      if (route.startsWith("POST /") && answer.ok) createdMs.set((await bodyOf(answer))["id"], clock.now())
      if (route !== "GET /Users" && route !== "GET /Groups") return answer
      return keepResources(answer, ({ id }) => {
        const sinceMs = createdMs.get(id)
        return sinceMs === undefined || clock.now() - sinceMs >= INDEXED_AFTER_MS
      })
    }
  },
})
