import { defect } from "./defect.ts"
import { ask, idOf, routeOf } from "./rewriting.ts"

export const putWithoutEffect = defect({
  name: "put-without-effect",
  title: "PUT is answered with 200 and changes nothing",
  seen: "known cause E1b of scim-sanity",
  level: "must",
  wrap: (next) => async (request) =>
    routeOf(request) === "PUT /Users/{id}" ? ask(next, request, { path: `/Users/${idOf(request)}` }) : next(request),
})
