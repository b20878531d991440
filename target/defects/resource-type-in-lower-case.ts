import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { changeResources, textIn } from "./rewriting.ts"

export const resourceTypeInLowerCase = defect({
  name: "resource-type-in-lower-case",
  title: 'meta.resourceType is "user" instead of "User"',
  seen: "known cause E3 of scim-sanity",
  level: "must",
  wrap: (next) => async (request) =>
    changeResources(await next(request), (resource) => {
      const { meta } = resource
      if (!isJsonObject(meta)) return resource
      return { ...resource, meta: { ...meta, resourceType: textIn(meta, "resourceType").toLowerCase() } }
    }),
})
