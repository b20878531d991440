import { defect } from "./defect.ts"
import { answerJson } from "./rewriting.ts"

export const patchAnswersEmpty200 = defect({
  name: "patch-answers-empty-200",
  title: "PATCH is answered with 200 and an empty object",
  seen: "one of the validator's false passes (peers §4)",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return request.method === "PATCH" && answer.ok ? answerJson(200, {}) : answer
  },
})
