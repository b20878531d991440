import { defect } from "./defect.ts"
import { changeList, changeResources, textIn } from "./rewriting.ts"

export const memberReferenceBroken = defect({
  name: "member-reference-broken",
  title: "The $ref of a member leads nowhere",
  seen: "URLs put together with the wrong base; scim2/test-suite follows them (get_member_ref_returns_resource)",
  level: "must",
  wrap: (next) => async (request) =>
    changeResources(await next(request), (resource) =>
      changeList(resource, "members", (member) => ({ ...member, $ref: `/${textIn(member, "value")}` })),
    ),
})
