import { defect } from "./defect.ts"
import { filterOf, leavesOf } from "./filter-changes.ts"
import { refuse } from "./rewriting.ts"

export const externalIdNotFilterable = defect({
  name: "external-id-not-filterable",
  title: "Searches by externalId are refused",
  seen: "authentik #25837 failed on externalId eq; jobs since 2026 match by it (WIRE-073)",
  level: "entra",
  wrap: (next) => async (request) => {
    const filter = filterOf(request)
    const asks = filter !== undefined && leavesOf(filter).some(({ path }) => path.name.toLowerCase() === "externalid")
    return asks ? refuse(400, "externalId cannot be searched for.", "invalidFilter") : next(request)
  },
})
