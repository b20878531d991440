import { defect } from "./defect.ts"
import { pathOf } from "./patch-changes.ts"
import { ignoreOperations } from "./patch-part-ignored.ts"

export const capitalSubAttributeIgnored = defect({
  name: "capital-sub-attribute-ignored",
  title: "A sub-attribute in capitals in a PATCH path is ignored",
  seen: "WIRE-087: Microsoft's documented mappings write .Value and .Formatted",
  level: "entra",
  wrap: (next) => ignoreOperations(next, (operation) => (/\]\.[A-Z]/.test(pathOf(operation)) ? undefined : operation)),
})
