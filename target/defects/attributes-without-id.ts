import { defect } from "./defect.ts"
import { changeResources, parametersOf, without } from "./rewriting.ts"

export const attributesWithoutId = defect({
  name: "attributes-without-id",
  title: "Exactly the named attributes are returned, without the id",
  seen: "SELECT of the named columns; SCIMMY returned an empty group body when attributes were picked (peers §5.2)",
  level: "must",
  wrap: (next) => async (request) => {
    const named = parametersOf(request).get("attributes")?.split(",")
    const answer = await next(request)
    if (named === undefined || named.includes("id")) return answer
    return changeResources(answer, (resource) => without(resource, "id"))
  },
})
