import { defect } from "./defect.ts"
import { changeParameters, routeOf } from "./rewriting.ts"

export const membersNotExcluded = defect({
  name: "members-not-excluded",
  title: "Lists of groups leave out the members when asked to, single groups do not",
  seen: "projection in the list handler alone; the validator asks for a group by id excluding members",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      routeOf(request) === "GET /Groups/{id}"
        ? await changeParameters(request, (parameters) => parameters.delete("excludedAttributes"))
        : request,
    ),
})
