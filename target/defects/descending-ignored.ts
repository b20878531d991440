import { defect } from "./defect.ts"
import { changeParameters } from "./rewriting.ts"

export const descendingIgnored = defect({
  name: "descending-ignored",
  title: "sortOrder is ignored: everything is ascending",
  seen: "sortBy implemented, sortOrder forgotten; RFC7644-3.4.2.3-01",
  level: "must",
  wrap: (next) => async (request) =>
    next(await changeParameters(request, (parameters) => parameters.delete("sortOrder"))),
})
