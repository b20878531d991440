import { defect } from "./defect.ts"
import { changeAnswer } from "./rewriting.ts"

export const errorInOwnForm = defect({
  name: "error-in-own-form",
  title: 'Errors are {"error": "…"} as in the rest of the application',
  seen: "growthbook #5764, didacta-io #54, sentry #27302: SCIM error bodies were added after the fact",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return answer.status < 400 ? answer : changeAnswer(answer, (body) => ({ error: body["detail"] ?? "failed" }))
  },
})
