import { defect } from "./defect.ts"
import { changeAnswer, changeParameters, parametersOf } from "./rewriting.ts"

export const startIndexFromZero = defect({
  name: "start-index-from-zero",
  title: "startIndex counts from 0, so that the first user is on no page",
  seen: "startIndex handed to the database as its offset; RFC7644-3.4.2.4-01",
  level: "must",
  wrap: (next) => async (request) => {
    const asked = parametersOf(request).get("startIndex")
    if (asked === null) return next(request)
    const later = String(Number(asked) + 1)
    const answer = await next(await changeParameters(request, (parameters) => parameters.set("startIndex", later)))
    return changeAnswer(answer, (body) => ({ ...body, startIndex: Number(asked) }))
  },
})
