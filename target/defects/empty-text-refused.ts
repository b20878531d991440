import { defect } from "./defect.ts"
import { operationsOf } from "./patch-changes.ts"
import { refuse } from "./rewriting.ts"

export const emptyTextRefused = defect({
  name: "empty-text-refused",
  title: "A PATCH that sets an attribute to an empty text is refused",
  seen: "length checks on every text; the gallery's null-update test sends it (WIRE-155)",
  level: "should",
  wrap: (next) => async (request) => {
    const operations = request.method === "PATCH" ? await operationsOf(request) : []
    return operations.some(({ value }) => value === "")
      ? refuse(400, "value must not be empty.", "invalidValue")
      : next(request)
  },
})
