import { defect } from "./defect.ts"
import { changeFilter, leavesOf } from "./filter-changes.ts"

export const memberFilterIgnored = defect({
  name: "member-filter-ignored",
  title: "Filters on members are ignored",
  seen: "members kept in a table of their own that the search does not join; RFC7644-3.4.2.2-02",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeFilter(request, (filter) =>
        leavesOf(filter).some(({ path }) => path.name === "members") ? undefined : filter,
      ),
    ),
})
