import { defect } from "./defect.ts"
import { opOf, operationsOf, pathOf } from "./patch-changes.ts"

export const removeWithoutPathAccepted = defect({
  name: "remove-without-path-accepted",
  title: "remove without a path is answered with 204",
  seen: "WSO2's suite asks for the error; Cogtrix #432: invalid paths silently accepted",
  level: "must",
  wrap: (next) => async (request) => {
    const operations = request.method === "PATCH" ? await operationsOf(request) : []
    const isPathless = operations.some((operation) => opOf(operation) === "remove" && pathOf(operation) === "")
    return isPathless ? new Response(null, { status: 204 }) : next(request)
  },
})
