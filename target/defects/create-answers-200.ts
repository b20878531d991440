import { defect } from "./defect.ts"
import { routeOf, withStatus } from "./rewriting.ts"

export const createAnswers200 = defect({
  name: "create-answers-200",
  title: "A create is answered with 200 instead of 201",
  seen: "the validator takes 200 as well (WIRE-205), so servers got away with it",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isCreate = /^POST \/(Users|Groups)$/.test(routeOf(request))
    return isCreate && answer.status === 201 ? withStatus(answer, 200) : answer
  },
})
