import { defect } from "./defect.ts"
import { operationsOf, pathOf } from "./patch-changes.ts"
import { refuse } from "./rewriting.ts"

export const pathNeeded = defect({
  name: "path-needed",
  title: "PATCH operations without a path are refused",
  seen: "servers made for Entra's default dialect, which always has one; optscim and Okta send none",
  level: "must",
  wrap: (next) => async (request) => {
    const operations = request.method === "PATCH" ? await operationsOf(request) : []
    const isPathless = operations.some((operation) => opNeedsValue(operation["value"]) && pathOf(operation) === "")
    return isPathless ? refuse(400, "path is missing.", "invalidPath") : next(request)
  },
})

function opNeedsValue(value: unknown): boolean {
  return typeof value === "object" && value !== null
}
