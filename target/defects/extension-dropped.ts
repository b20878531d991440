import { ENTERPRISE_USER_URN } from "../../protocol/index.ts"
import { defect } from "./defect.ts"
import { changeBody, without } from "./rewriting.ts"

export const extensionDropped = defect({
  name: "extension-dropped",
  title: "Extension attributes are accepted and forgotten",
  seen: "imulab/go-scim #60: one missing extension cascades into everything after it",
  level: "should",
  wrap: (next) => async (request) => next(await changeBody(request, (body) => without(body, ENTERPRISE_USER_URN))),
})
