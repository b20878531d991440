import { defect } from "./defect.ts"
import { changeAnswer, parametersOf } from "./rewriting.ts"

export const startIndexNotEchoed = defect({
  name: "start-index-not-echoed",
  title: "startIndex in the answer is always 1",
  seen: "a constant; the gallery's pagination test computes the next page from it (WIRE-235)",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return parametersOf(request).has("startIndex")
      ? changeAnswer(answer, (body) => ("Resources" in body ? { ...body, startIndex: 1 } : body))
      : answer
  },
})
