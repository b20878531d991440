import { defect } from "./defect.ts"
import { answerJson } from "./rewriting.ts"

export const deleteAnswers200 = defect({
  name: "delete-answers-200",
  title: "A delete is answered with 200 and a body",
  seen: 'the habit of {"success": true}; RFC7644-3.6-01',
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return request.method === "DELETE" && answer.ok ? answerJson(200, { success: true }) : answer
  },
})
