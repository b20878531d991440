import { defect } from "./defect.ts"
import { refuse } from "./rewriting.ts"

export const plainJsonRefused = defect({
  name: "plain-json-refused",
  title: "Bodies of type application/json are refused with 415",
  seen: "routes registered for application/scim+json alone; RFC7644-3.8-06",
  level: "should",
  wrap: (next) => async (request) =>
    request.headers.get("content-type")?.startsWith("application/json") === true
      ? refuse(415, "The media type must be application/scim+json.")
      : next(request),
})
