import { defect } from "./defect.ts"
import { changeAnswer, changeParameters, parametersOf } from "./rewriting.ts"

export const startIndexIgnored = defect({
  name: "start-index-ignored",
  title: "Every page is the first one",
  seen: "startIndex echoed and never used; the gallery's pagination test looks at the echo alone",
  level: "must",
  wrap: (next) => async (request) => {
    const asked = Number(parametersOf(request).get("startIndex") ?? 1)
    if (asked <= 1) return next(request)
    const first = await next(await changeParameters(request, (parameters) => parameters.delete("startIndex")))
    return changeAnswer(first, (body) => ({ ...body, startIndex: asked }))
  },
})
