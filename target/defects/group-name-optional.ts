import { defect } from "./defect.ts"
import { bodyOf, changeRequest, routeOf } from "./rewriting.ts"

export const groupNameOptional = defect({
  name: "group-name-optional",
  title: "A group without displayName is created",
  seen: "the published schema has it optional (C-12)",
  level: "should",
  wrap: (next) => async (request) => {
    if (routeOf(request) !== "POST /Groups") return next(request)
    const body = await bodyOf(request)
    return next(await changeRequest(request, { body: { displayName: "unnamed", ...body } }))
  },
})
