import { ENTERPRISE_USER_URN } from "../../protocol/index.ts"
import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { changeResources, without } from "./rewriting.ts"

export const extensionFlattened = defect({
  name: "extension-flattened",
  title: "Extension attributes are returned at the top level of the user",
  seen: "one table, one JSON object; RFC7643-3-07",
  level: "must",
  wrap: (next) => async (request) =>
    changeResources(await next(request), (resource) => {
      const extension = resource[ENTERPRISE_USER_URN]
      return isJsonObject(extension) ? { ...without(resource, ENTERPRISE_USER_URN), ...extension } : resource
    }),
})
