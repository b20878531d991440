import { SCHEMA_URN } from "../../protocol/index.ts"
import { defect } from "./defect.ts"
import { answerJson, idOf, routeOf } from "./rewriting.ts"

export const unknownSchema200 = defect({
  name: "unknown-schema-200",
  title: "Any URN is answered with an empty schema",
  seen: "schemas made on the fly from the path; scim2-tester asks (access_invalid_schema)",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isMissing = answer.status === 404 && routeOf(request) === "GET /Schemas/{id}"
    return isMissing ? answerJson(200, { schemas: [SCHEMA_URN], id: idOf(request), attributes: [] }) : answer
  },
})
