import { defect } from "./defect.ts"
import { routeOf } from "./rewriting.ts"

export const deletedGroupReadable = defect({
  name: "deleted-group-readable",
  title: "A delete of a group is answered with 204 and deletes nothing",
  seen: "groups that the application uses cannot go; nobody tells the client (compare authentik #24173)",
  level: "must",
  wrap: (next) => async (request) =>
    routeOf(request) === "DELETE /Groups/{id}" ? new Response(null, { status: 204 }) : next(request),
})
