import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { changeOperations, opOf, pathOf } from "./patch-changes.ts"

export const replaceClearsSiblings = defect({
  name: "replace-clears-siblings",
  title: "replace of a complex attribute clears the parts that are not given",
  seen: "the value put in place of the stored object; the patch vectors have it as replace-complex",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeOperations(request, (operation) => {
        const isName = opOf(operation) === "replace" && pathOf(operation) === "name"
        return isName && isJsonObject(operation["value"]) ? [{ op: "remove", path: "name" }, operation] : operation
      }),
    ),
})
