import { defect } from "./defect.ts"
import { opOf, operationsOf, withOperations } from "./patch-changes.ts"

export const removalsAppliedLast = defect({
  name: "removals-applied-last",
  title: "Operations are grouped by kind, and removals come last",
  seen: "one loop for each kind of operation; RFC7644-3.5.2-14",
  level: "must",
  wrap: (next) => async (request) => {
    if (request.method !== "PATCH") return next(request)
    const operations = await operationsOf(request)
    const isRemoval = (operation: (typeof operations)[number]): boolean => opOf(operation) === "remove"
    const grouped = [...operations.filter((one) => !isRemoval(one)), ...operations.filter(isRemoval)]
    return next(await withOperations(request, grouped))
  },
})
