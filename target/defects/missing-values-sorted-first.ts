import { isJsonArray } from "../json.ts"
import { defect } from "./defect.ts"
import { changeAnswer, objectsIn, parametersOf } from "./rewriting.ts"

export const missingValuesSortedFirst = defect({
  name: "missing-values-sorted-first",
  title: "Users without the value that orders come first ascending and last descending",
  seen: "the order of NULL in SQLite and SQL Server; RFC7644-3.4.2.3-03",
  level: "must",
  wrap: (next) => async (request) => {
    const sortBy = parametersOf(request).get("sortBy")
    const isDescending = parametersOf(request).get("sortOrder") === "descending"
    const answer = await next(request)
    if (sortBy === null) return answer
    return changeAnswer(answer, (body) => {
      if (!isJsonArray(body["Resources"])) return body
      const { having = [], missing = [] } = Object.groupBy(objectsIn(body, "Resources"), (resource) =>
        sortBy in resource ? "having" : "missing",
      )
      return { ...body, Resources: isDescending ? [...having, ...missing] : [...missing, ...having] }
    })
  },
})
