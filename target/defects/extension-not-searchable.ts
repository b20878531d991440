import { ENTERPRISE_USER_URN } from "../../protocol/index.ts"
import { defect } from "./defect.ts"
import { filterOf, leavesOf } from "./filter-changes.ts"
import { keepResources } from "./rewriting.ts"

export const extensionNotSearchable = defect({
  name: "extension-not-searchable",
  title: "A filter on an extension's attribute finds nobody",
  seen: "extensions kept in a column of JSON that the search does not reach; RFC7644-3.10-01",
  level: "must",
  wrap: (next) => async (request) => {
    const filter = filterOf(request)
    const isOnExtension =
      filter !== undefined && leavesOf(filter).some(({ path }) => path.schema?.toLowerCase() === EXTENSION)
    const answer = await next(request)
    return isOnExtension ? keepResources(answer, () => false) : answer
  },
})

const EXTENSION = ENTERPRISE_USER_URN.toLowerCase()
