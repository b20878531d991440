import { defect } from "./defect.ts"
import { changeResources, without } from "./rewriting.ts"

export const userGroupsEmpty = defect({
  name: "user-groups-empty",
  title: "Users never show their groups",
  seen: "memberships kept with the groups alone; RFC7643-4.1.2-07",
  level: "should",
  wrap: (next) => async (request) => changeResources(await next(request), (resource) => without(resource, "groups")),
})
