import { defect } from "./defect.ts"
import { changeAnswer, without } from "./rewriting.ts"

export const malformedJsonWithoutType = defect({
  name: "malformed-json-without-type",
  title: "400 never says by scimType what kind of mistake it was",
  seen: "scimType is left out by many servers; RFC7644-3.12-15",
  level: "should",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return answer.status === 400 ? changeAnswer(answer, (body) => without(body, "scimType")) : answer
  },
})
