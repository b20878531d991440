import { defect } from "./defect.ts"
import { changeFilter, leavesOf } from "./filter-changes.ts"
import { routeOf } from "./rewriting.ts"

export const filterOnUserNameOnly = defect({
  name: "filter-on-user-name-only",
  title: "Filters on anything but userName and displayName are ignored",
  seen: "hand-written handlers that look for one pattern; authentik #25837 for externalId",
  level: "must",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "GET /Users") return next(request)
    return next(
      await changeFilter(request, (filter) =>
        leavesOf(filter).every(({ path }) => /^(userName|displayName)$/i.test(path.name)) ? filter : undefined,
      ),
    )
  },
})
