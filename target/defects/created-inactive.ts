import { defect } from "./defect.ts"
import { changeBody, routeOf } from "./rewriting.ts"

export const createdInactive = defect({
  name: "created-inactive",
  title: "A new user is inactive whatever the request says",
  seen: "accounts that wait for a mail to be confirmed; Entra never looks again, and sends active only when it changes",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      routeOf(request) === "POST /Users" ? await changeBody(request, (body) => ({ ...body, active: false })) : request,
    ),
})
