import { defect } from "./defect.ts"
import { ask, bodyOf, changeBody, idOf, routeOf } from "./rewriting.ts"

export const putWithoutUserNameAccepted = defect({
  name: "put-without-user-name-accepted",
  title: "A PUT without userName keeps the old one and succeeds",
  seen: "PUT treated as a partial update; Microsoft's Postman suite has a PUT without userName",
  level: "should",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "PUT /Users/{id}") return next(request)
    const stored = await bodyOf(await ask(next, request, { path: `/Users/${idOf(request)}` }))
    const userName = stored["userName"] ?? ""
    return next(await changeBody(request, (body) => ({ userName, ...body })))
  },
})
