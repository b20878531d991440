import { PATCH_OP_URN } from "../../protocol/index.ts"
import { defect } from "./defect.ts"
import { operationsOf } from "./patch-changes.ts"
import { ask, idOf, routeOf } from "./rewriting.ts"

export const patchNotAtomic = defect({
  name: "patch-not-atomic",
  title: "Operations before the one that fails stay applied",
  seen: "each operation saved on its own; scim2/test-suite asks (atomicity_restore)",
  level: "must",
  wrap: (next) => async (request) => {
    const operations = routeOf(request) === "PATCH /Users/{id}" ? await operationsOf(request) : []
    if (operations.length < 2) return next(request)
    const path = `/Users/${idOf(request)}`
    let answer: Response | undefined
    for (const operation of operations) {
      const body = { schemas: [PATCH_OP_URN], Operations: [operation] }
      answer = await ask(next, request, { method: "PATCH", path, body })
      if (!answer.ok) return answer
    }
    return answer ?? next(request)
  },
})
