import { defect } from "./defect.ts"
import { keepResources, parametersOf } from "./rewriting.ts"

export const searchFindsFirstOnly = defect({
  name: "search-finds-first-only",
  title: "A search shows the first match and no other",
  seen: "findOne in the code; WIRE-074: Entra takes one match for the right one and writes to it",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    if (!parametersOf(request).has("filter")) return answer
    let count = 0
    return keepResources(answer, () => {
      count += 1
      return count === 1
    })
  },
})
