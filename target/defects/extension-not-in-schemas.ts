import { USER_URN } from "../../protocol/index.ts"
import { defect } from "./defect.ts"
import { changeResources, listIn } from "./rewriting.ts"

export const extensionNotInSchemas = defect({
  name: "extension-not-in-schemas",
  title: "schemas always holds the core User schema alone",
  seen: "a constant in the code; RFC7643-3-01",
  level: "must",
  wrap: (next) => async (request) =>
    changeResources(await next(request), (resource) =>
      listIn(resource, "schemas").includes(USER_URN) ? { ...resource, schemas: [USER_URN] } : resource,
    ),
})
