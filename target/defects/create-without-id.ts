import { defect } from "./defect.ts"
import { changeResources, routeOf, without } from "./rewriting.ts"

export const createWithoutId = defect({
  name: "create-without-id",
  title: "A create is answered with what was sent, without the id",
  seen: "the request's own body echoed; WIRE-202: without it the object cannot be linked",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isCreate = /^POST \/(Users|Groups)$/.test(routeOf(request))
    return isCreate ? changeResources(answer, (resource) => without(resource, "id")) : answer
  },
})
