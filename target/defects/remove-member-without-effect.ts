import { defect } from "./defect.ts"
import { operationsOf, pathOf } from "./patch-changes.ts"

export const removeMemberWithoutEffect = defect({
  name: "remove-member-without-effect",
  title: "Removing a member is answered with 204 and removes nobody",
  seen: "authentik #24173: 200, and nobody was removed",
  level: "must",
  wrap: (next) => async (request) => {
    const operations = request.method === "PATCH" ? await operationsOf(request) : []
    return operations.some((operation) => pathOf(operation).startsWith("members["))
      ? new Response(null, { status: 204 })
      : next(request)
  },
})
