import { defect } from "./defect.ts"
import { changeAnswer, without } from "./rewriting.ts"

export const duplicateWithoutScimType = defect({
  name: "duplicate-without-scim-type",
  title: "A duplicate is answered with 409 and no scimType",
  seen: "Microsoft's Postman suite looks for the detail alone (WIRE-206), and so do servers built on it",
  level: "should",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return answer.status === 409 ? changeAnswer(answer, (body) => without(body, "scimType")) : answer
  },
})
