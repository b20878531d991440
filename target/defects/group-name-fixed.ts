import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { operationsOf, pathOf } from "./patch-changes.ts"
import { routeOf } from "./rewriting.ts"

export const groupNameFixed = defect({
  name: "group-name-fixed",
  title: "A PATCH that renames a group is answered with 204 and changes nothing",
  seen: "handlers that look at members alone; lightdash #15035 met a conflict of the group with itself",
  level: "must",
  wrap: (next) => async (request) => {
    const operations = routeOf(request) === "PATCH /Groups/{id}" ? await operationsOf(request) : []
    const renames = operations.some(
      (operation) =>
        pathOf(operation) === "displayName" ||
        (isJsonObject(operation["value"]) && "displayName" in operation["value"]),
    )
    return renames ? new Response(null, { status: 204 }) : next(request)
  },
})
