import { defect } from "./defect.ts"
import { changeAnswer } from "./rewriting.ts"

export const errorStatusNumber = defect({
  name: "error-status-number",
  title: "The status in error messages is a number",
  seen: "SCIM Verify wants it so, the validator passed an Int64 (peers §4); C-41",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return answer.status < 400 ? answer : changeAnswer(answer, (body) => ({ ...body, status: answer.status }))
  },
})
