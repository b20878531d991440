import { defect } from "./defect.ts"
import { refuse, routeOf } from "./rewriting.ts"

export const duplicate500 = defect({
  name: "duplicate-500",
  title: "A duplicate is answered with 500",
  seen: "the error of the unique index, passed on; Entra then sees a broken server instead of a conflict (WIRE-222)",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return routeOf(request).startsWith("POST /") && answer.status === 409
      ? refuse(500, "duplicate key value violates unique constraint")
      : answer
  },
})
