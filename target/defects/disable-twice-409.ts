import { activeIn } from "./active-changes.ts"
import { defect } from "./defect.ts"
import { operationsOf } from "./patch-changes.ts"
import { ask, bodyOf, idOf, refuse, routeOf } from "./rewriting.ts"

export const disableTwice409 = defect({
  name: "disable-twice-409",
  title: "Disabling somebody who is disabled already is answered with 409",
  seen: "Microsoft Q&A 1185756: a failure in every cycle",
  level: "must",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "PATCH /Users/{id}") return next(request)
    const disables = (await operationsOf(request)).some((operation) => activeIn(operation) === false)
    if (!disables) return next(request)
    const { active } = await bodyOf(await ask(next, request, { path: `/Users/${idOf(request)}` }))
    return active === false ? refuse(409, "The user is inactive already.") : next(request)
  },
})
