import { SCIM_MEDIA_TYPE } from "../../protocol/index.ts"
import { defect } from "./defect.ts"
import { refuse } from "./rewriting.ts"

export const acceptNeeded = defect({
  name: "accept-needed",
  title: "Requests that do not ask for application/scim+json by name are refused with 406",
  seen: "WIRE-036: a strict content negotiation answered 406 and failed Test Connection",
  level: "must",
  wrap: (next) => async (request) =>
    request.headers.get("accept")?.includes(SCIM_MEDIA_TYPE) === true
      ? next(request)
      : refuse(406, `Only ${SCIM_MEDIA_TYPE} is offered.`),
})
