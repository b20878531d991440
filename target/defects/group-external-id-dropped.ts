import { defect } from "./defect.ts"
import { changeResources, routeOf, without } from "./rewriting.ts"

export const groupExternalIdDropped = defect({
  name: "group-external-id-dropped",
  title: "externalId of groups is accepted and forgotten",
  seen: "eneo #461: groups can be matched by name alone",
  level: "should",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return / \/Groups/.test(routeOf(request))
      ? changeResources(answer, (group) => without(group, "externalId"))
      : answer
  },
})
