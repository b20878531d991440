import { defect } from "./defect.ts"
import { changeAnswer, routeOf, without } from "./rewriting.ts"

export const configWithoutEtag = defect({
  name: "config-without-etag",
  title: "ServiceProviderConfig does not mention ETags",
  seen: "copies of the published schema listing, which forgets them (C-18)",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isConfig = routeOf(request) === "GET /ServiceProviderConfig"
    return isConfig ? changeAnswer(answer, (body) => without(body, "etag")) : answer
  },
})
