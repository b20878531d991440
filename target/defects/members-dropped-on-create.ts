import { defect } from "./defect.ts"
import { changeBody, routeOf, without } from "./rewriting.ts"

export const membersDroppedOnCreate = defect({
  name: "members-dropped-on-create",
  title: "A group is created without the members it was to have",
  seen: "servers made for Entra, which creates groups empty (WIRE-163)",
  level: "must",
  wrap: (next) => async (request) =>
    next(routeOf(request) === "POST /Groups" ? await changeBody(request, (body) => without(body, "members")) : request),
})
