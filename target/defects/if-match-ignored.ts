import { defect } from "./defect.ts"
import { changeRequest } from "./rewriting.ts"

export const ifMatchIgnored = defect({
  name: "if-match-ignored",
  title: "If-Match is ignored, and the later write wins",
  seen: "GluuFederation/SCIM-Client #51 asks for If-Match; scim-for-keycloak #90 lost members without",
  level: "must",
  wrap: (next) => async (request) => next(await changeRequest(request, { headers: { "if-match": null } })),
})
