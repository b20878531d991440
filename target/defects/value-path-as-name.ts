import { defect } from "./defect.ts"
import { pathOf } from "./patch-changes.ts"
import { ignoreOperations } from "./patch-part-ignored.ts"

export const valuePathAsName = defect({
  name: "value-path-as-name",
  title: "A path with brackets is stored as the name of an attribute, and seen no more",
  seen: "setters over plain names; the value seems accepted and is sent again for ever (mistakes table of entra-wire)",
  level: "entra",
  wrap: (next) =>
    ignoreOperations(next, (operation) => {
      const path = pathOf(operation)
      return path.includes("[") && !path.startsWith("members[") ? undefined : operation
    }),
})
