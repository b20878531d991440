import { USER_URN } from "../../protocol/index.ts"
import { defect } from "./defect.ts"
import { bodyOf, changeRequest, routeOf } from "./rewriting.ts"

export const schemasOptional = defect({
  name: "schemas-optional",
  title: "A create without schemas is taken for a user",
  seen: "many servers assume the base schema (C-51)",
  level: "should",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "POST /Users") return next(request)
    const body = await bodyOf(request)
    const isTyped = "schemas" in body || Object.keys(body).length === 0
    return next(isTyped ? request : await changeRequest(request, { body: { schemas: [USER_URN], ...body } }))
  },
})
