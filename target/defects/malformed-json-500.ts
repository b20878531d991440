import { defect } from "./defect.ts"
import { bodyOf, refuse } from "./rewriting.ts"

export const malformedJson500 = defect({
  name: "malformed-json-500",
  title: "A body that is no JSON object ends in 500",
  seen: "an exception nobody catches; RFC7644-3.3-08",
  level: "must",
  wrap: (next) => async (request) => {
    const isMalformed = request.method === "POST" && Object.keys(await bodyOf(request)).length === 0
    return isMalformed ? refuse(500, "Unexpected end of JSON input") : next(request)
  },
})
