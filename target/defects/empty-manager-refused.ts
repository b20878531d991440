import { defect } from "./defect.ts"
import { operationsOf, pathOf } from "./patch-changes.ts"
import { refuse } from "./rewriting.ts"

export const emptyManagerRefused = defect({
  name: "empty-manager-refused",
  title: "A manager with an empty id is refused as an unknown user",
  seen: "WIRE-134: Microsoft's gallery test removes the manager like this; disputed (RES-01)",
  level: "should",
  wrap: (next) => async (request) => {
    const operations = request.method === "PATCH" ? await operationsOf(request) : []
    const isEmpty = operations.some((operation) => pathOf(operation).endsWith(":manager") && operation["value"] === "")
    return isEmpty ? refuse(400, "There is no user with this id.", "invalidValue") : next(request)
  },
})
