import { defect } from "./defect.ts"
import { changeList, changeResources, textIn } from "./rewriting.ts"

export const membersAsPlainIds = defect({
  name: "members-as-plain-ids",
  title: "Members are returned as plain ids instead of objects",
  seen: "Microsoft's Postman suite adds a member as a bare string; RFC7643-4.2-02",
  level: "must",
  wrap: (next) => async (request) =>
    changeResources(await next(request), (resource) =>
      changeList(resource, "members", (member) => textIn(member, "value")),
    ),
})
