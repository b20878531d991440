import { defect } from "./defect.ts"
import { changeAnswer, changeList, routeOf, without } from "./rewriting.ts"

export const resourceTypeWithoutSchema = defect({
  name: "resource-type-without-schema",
  title: "Resource types have a name and an endpoint and no schema",
  seen: "a requirement of scim2/test-suite (resource_type_has_schema); RFC7643-6-01",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    if (routeOf(request) !== "GET /ResourceTypes") return answer
    return changeAnswer(answer, (body) => changeList(body, "Resources", (type) => without(type, "schema")))
  },
})
