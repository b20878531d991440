import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { operationsOf, pathOf } from "./patch-changes.ts"
import { ignoreOperations } from "./patch-part-ignored.ts"
import { without } from "./rewriting.ts"

export const activeBesideOthersIgnored = defect({
  name: "active-beside-others-ignored",
  title: "active is honoured alone, and overlooked in a PATCH that changes more",
  seen: "handlers that look for a disable in the first operation only; langwatch #6972: offboarding stopped unnoticed",
  level: "must",
  wrap(next) {
    const overlook = ignoreOperations(next, (operation) => {
      const { value } = operation
      if (pathOf(operation) === "active") return undefined
      return pathOf(operation) === "" && isJsonObject(value)
        ? { ...operation, value: without(value, "active") }
        : operation
    })
    return async (request) => {
      const operations = request.method === "PATCH" ? await operationsOf(request) : []
      return operations.length > 1 ? overlook(request) : next(request)
    }
  },
})
