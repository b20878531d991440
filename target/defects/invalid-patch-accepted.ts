import { defect } from "./defect.ts"
import { opOf, operationsOf } from "./patch-changes.ts"

const OPERATIONS: ReadonlySet<string> = new Set(["add", "remove", "replace"])

export const invalidPatchAccepted = defect({
  name: "invalid-patch-accepted",
  title: "A PATCH with an operation that does not exist is answered with 204",
  seen: "a switch without a default; Cogtrix #432: invalid paths silently accepted",
  level: "entra",
  wrap: (next) => async (request) => {
    const operations = request.method === "PATCH" ? await operationsOf(request) : []
    return operations.some((operation) => !OPERATIONS.has(opOf(operation)))
      ? new Response(null, { status: 204 })
      : next(request)
  },
})
