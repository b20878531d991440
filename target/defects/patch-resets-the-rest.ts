import { defect } from "./defect.ts"
import { ask, idOf, routeOf } from "./rewriting.ts"

export const patchResetsTheRest = defect({
  name: "patch-resets-the-rest",
  title: "A PATCH clears attributes that it does not name",
  seen: "ssoready pull 206: a replace of active wiped the other attributes",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    if (routeOf(request) === "PATCH /Users/{id}" && answer.ok) {
      const body = { schemas: [PATCH_OP], Operations: [{ op: "remove", path: "title" }] }
      await ask(next, request, { method: "PATCH", path: `/Users/${idOf(request)}`, body })
    }
    return answer
  },
})

const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
