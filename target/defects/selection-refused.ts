import { defect } from "./defect.ts"
import { operationsOf, pathOf } from "./patch-changes.ts"
import { refuse } from "./rewriting.ts"

export const selectionRefused = defect({
  name: "selection-refused",
  title: "PATCH paths with a filter are refused",
  seen: "servers that take plain attribute names alone; Entra sends such a path for every address",
  level: "must",
  wrap: (next) => async (request) => {
    const operations = request.method === "PATCH" ? await operationsOf(request) : []
    return operations.some((operation) => pathOf(operation).includes("["))
      ? refuse(400, "The path is not supported.", "invalidPath")
      : next(request)
  },
})
