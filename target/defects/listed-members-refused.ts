import { defect } from "./defect.ts"
import { opOf, operationsOf, pathOf } from "./patch-changes.ts"
import { refuse } from "./rewriting.ts"

export const listedMembersRefused = defect({
  name: "listed-members-refused",
  title: "Remove with path members and a list is refused",
  seen: "SCIM-SDK #167 and other strict servers: legal by the RFC, and nobody ever leaves a group",
  level: "entra",
  wrap: (next) => async (request) => {
    const operations = request.method === "PATCH" ? await operationsOf(request) : []
    const isListed = operations.some(
      (operation) => opOf(operation) === "remove" && pathOf(operation) === "members" && "value" in operation,
    )
    return isListed ? refuse(400, "remove takes no value.", "invalidValue") : next(request)
  },
})
