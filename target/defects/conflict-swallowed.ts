import { defect } from "./defect.ts"
import { routeOf } from "./rewriting.ts"

export const conflictSwallowed = defect({
  name: "conflict-swallowed",
  title: "A PATCH that asks for a taken userName is answered with 204 and changes nothing",
  seen: "unique violations caught and forgotten; Cogtrix #122: 200, and nothing was done",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isConflict = routeOf(request) === "PATCH /Users/{id}" && answer.status === 409
    return isConflict ? new Response(null, { status: 204 }) : answer
  },
})
