import { defect } from "./defect.ts"
import { changeResources, without } from "./rewriting.ts"

export const metaMissing = defect({
  name: "meta-missing",
  title: "Resources are returned without meta",
  seen: "known cause P3 of scim-sanity; Microsoft's samples omit it too (RFC7643-3.1-17)",
  level: "must",
  wrap: (next) => async (request) => changeResources(await next(request), (resource) => without(resource, "meta")),
})
