import { activeIn } from "./active-changes.ts"
import { defect } from "./defect.ts"
import { operationsOf, withOperations } from "./patch-changes.ts"
import { routeOf } from "./rewriting.ts"

export const reactivationIgnored = defect({
  name: "reactivation-ignored",
  title: "A disable is applied; an enable is answered with success and changes nothing",
  seen: "handlers written for offboarding alone; different-ai/openwork #4775 met the way back by other doors",
  level: "must",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "PATCH /Users/{id}") return next(request)
    const operations = await operationsOf(request)
    const kept = operations.filter((operation) => activeIn(operation) !== true)
    if (kept.length === operations.length) return next(request)
    return kept.length === 0 ? new Response(null, { status: 204 }) : next(await withOperations(request, kept))
  },
})
