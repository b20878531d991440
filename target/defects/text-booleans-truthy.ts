import { defect } from "./defect.ts"
import { changeBody } from "./rewriting.ts"
import { mapActiveTexts } from "./text-booleans.ts"

export const textBooleansTruthy = defect({
  name: "text-booleans-truthy",
  title: 'active "False" is read as true, as every text that is not empty',
  seen: "Boolean(value) and its like: the disable enables (mistakes table of entra-wire)",
  level: "entra",
  wrap: (next) => async (request) =>
    next(await changeBody(request, (body) => mapActiveTexts(body, (text) => text !== ""))),
})
