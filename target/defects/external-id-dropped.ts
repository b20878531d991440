import { defect } from "./defect.ts"
import { changeBody, without } from "./rewriting.ts"

export const externalIdDropped = defect({
  name: "external-id-dropped",
  title: "externalId is accepted and forgotten",
  seen: "servers without a column for it; eneo #461 had to match groups by name",
  level: "should",
  wrap: (next) => async (request) => next(await changeBody(request, (body) => without(body, "externalId"))),
})
