import { defect } from "./defect.ts"
import { answerJson, parametersOf, routeOf } from "./rewriting.ts"
import { LIST_RESPONSE_URN } from "../../protocol/index.ts"

export const discoveryFiltered = defect({
  name: "discovery-filtered",
  title: "A filter at /Schemas is applied",
  seen: "one list function for all endpoints; the peers disagree on it (peers §4)",
  level: "should",
  wrap: (next) => async (request) =>
    routeOf(request) === "GET /Schemas" && parametersOf(request).has("filter")
      ? answerJson(200, { schemas: [LIST_RESPONSE_URN], totalResults: 0, Resources: [] })
      : next(request),
})
