import { defect } from "./defect.ts"
import { pathOf } from "./patch-changes.ts"
import { ignoreOperations } from "./patch-part-ignored.ts"

export const disableWithoutEffect = defect({
  name: "disable-without-effect",
  title: "A PATCH of active is answered with success and changes nothing",
  seen: "Cogtrix #122, authentik #24173, ssoready #155: 200, and the person keeps the account",
  level: "must",
  wrap: (next) =>
    ignoreOperations(next, (operation) => (pathOf(operation).toLowerCase() === "active" ? undefined : operation)),
})
