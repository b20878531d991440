import { defect } from "./defect.ts"
import { pathOf } from "./patch-changes.ts"
import { ignoreOperations } from "./patch-part-ignored.ts"
import { routeOf, without } from "./rewriting.ts"
import { isJsonObject } from "../json.ts"

export const groupExternalIdFixed = defect({
  name: "group-external-id-fixed",
  title: "The externalId of a group cannot be changed by PATCH, which reports success",
  seen: "handlers that know displayName and members only; the validator changes externalId (WIRE-165)",
  level: "entra",
  wrap(next) {
    const overlook = ignoreOperations(next, (operation) => {
      const { value } = operation
      if (pathOf(operation) === "externalId") return undefined
      return isJsonObject(value) ? { ...operation, value: without(value, "externalId") } : operation
    })
    return async (request) => (routeOf(request) === "PATCH /Groups/{id}" ? overlook(request) : next(request))
  },
})
