import { PATCH_OP_URN } from "../../protocol/index.ts"
import { defect } from "./defect.ts"
import { ask, bodyOf, objectsIn, routeOf, textIn } from "./rewriting.ts"

export const groupsSetThroughUser = defect({
  name: "groups-set-through-user",
  title: "Groups in the body of a new user make him a member",
  seen: "an object mapper that saves what it is given; open-webui #27662 shows what rights by SCIM can do",
  level: "must",
  wrap: (next) => async (request) => {
    const groups = routeOf(request) === "POST /Users" ? objectsIn(await bodyOf(request), "groups") : []
    const answer = await next(request)
    const { id = null } = await bodyOf(answer)
    for (const group of answer.ok ? groups : []) {
      const body = { schemas: [PATCH_OP_URN], Operations: [{ op: "add", path: "members", value: [{ value: id }] }] }
      await ask(next, request, { method: "PATCH", path: `/Groups/${textIn(group, "value")}`, body })
    }
    return answer
  },
})
