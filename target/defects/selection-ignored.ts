import { defect } from "./defect.ts"
import { changeOperations, pathOf } from "./patch-changes.ts"

export const selectionIgnored = defect({
  name: "selection-ignored",
  title: "The filter in a PATCH path is ignored: every element is changed, or removed",
  seen: "paths cut at the bracket; the gallery's troubleshooting names value paths as a cause of failure",
  level: "must",
  wrap: (next) => async (request) =>
    next(
      await changeOperations(request, (operation) =>
        pathOf(operation).startsWith("emails[")
          ? { ...operation, path: pathOf(operation).replace(/\[.*\]/, "[value pr]") }
          : operation,
      ),
    ),
})
