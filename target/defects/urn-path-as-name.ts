import { defect } from "./defect.ts"
import { pathOf } from "./patch-changes.ts"
import { ignoreOperations } from "./patch-part-ignored.ts"

export const urnPathAsName = defect({
  name: "urn-path-as-name",
  title: "A path that begins with a schema's URN is stored as the name of an attribute, and seen no more",
  seen: "paths split at dots (2.0 has one); the value is sent again for ever (mistakes table of entra-wire)",
  level: "entra",
  wrap: (next) => ignoreOperations(next, (operation) => (pathOf(operation).startsWith("urn:") ? undefined : operation)),
})
