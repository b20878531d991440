import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { operationsOf, pathOf } from "./patch-changes.ts"
import { refuse } from "./rewriting.ts"

export const managerObjectNeeded = defect({
  name: "manager-object-needed",
  title: "A manager given as a plain id is refused",
  seen: "apache/directory-scimple #1244, SCIM-SDK #541: Entra sends the bare id (WIRE-130)",
  level: "entra",
  wrap: (next) => async (request) => {
    const operations = request.method === "PATCH" ? await operationsOf(request) : []
    const isPlain = operations.some(
      (operation) => pathOf(operation).endsWith(":manager") && !isJsonObject(operation["value"]),
    )
    return isPlain ? refuse(400, "manager must be an object.", "invalidValue") : next(request)
  },
})
