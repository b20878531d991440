import { defect } from "./defect.ts"
import { changeResources, parametersOf, without } from "./rewriting.ts"

export const idExcluded = defect({
  name: "id-excluded",
  title: "excludedAttributes=id leaves out the id",
  seen: "delete in a loop over the names; RFC7644-3.4.2.5-02",
  level: "must",
  wrap: (next) => async (request) => {
    const excluded = parametersOf(request).get("excludedAttributes")?.split(",") ?? []
    const answer = await next(request)
    return excluded.includes("id") ? changeResources(answer, (resource) => without(resource, "id")) : answer
  },
})
