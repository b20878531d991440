import { defect } from "./defect.ts"
import { withStatus } from "./rewriting.ts"

export const patchAnswers202 = defect({
  name: "patch-answers-202",
  title: "PATCH is answered with 202",
  seen: "changes put into a queue; WIRE-101 knows 200 and 204",
  level: "entra",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return request.method === "PATCH" && answer.ok ? withStatus(answer, 202) : answer
  },
})
