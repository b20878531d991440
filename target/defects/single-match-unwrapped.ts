import { defect } from "./defect.ts"
import { changeAnswer, objectsIn, parametersOf } from "./rewriting.ts"

export const singleMatchUnwrapped = defect({
  name: "single-match-unwrapped",
  title: "A search that finds one resource is answered with that resource instead of a list",
  seen: "WIRE-203, sourcegraph #48355: Entra cannot parse it and creates nobody",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    if (!parametersOf(request).has("filter")) return answer
    return changeAnswer(answer, (body) => {
      const [only, ...others] = objectsIn(body, "Resources")
      return only === undefined || others.length > 0 ? body : only
    })
  },
})
