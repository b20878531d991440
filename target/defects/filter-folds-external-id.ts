import { defect } from "./defect.ts"
import { filterOf } from "./filter-changes.ts"
import { changeParameters, keepResources, textIn } from "./rewriting.ts"

export const filterFoldsExternalId = defect({
  name: "filter-folds-external-id",
  title: "A search by externalId does not look at letter case",
  seen: "databases with a collation that ignores case for every column; RFC7643-3.1-08",
  level: "must",
  wrap: (next) => async (request) => {
    const filter = filterOf(request)
    if (filter?.kind !== "compare" || filter.path.name !== "externalId") return next(request)
    const wanted = String(filter.value).toLowerCase()
    const everybody = await next(await changeParameters(request, (parameters) => parameters.delete("filter")))
    return keepResources(everybody, (resource) => textIn(resource, "externalId").toLowerCase() === wanted)
  },
})
