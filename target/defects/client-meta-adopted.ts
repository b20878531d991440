import { isJsonObject } from "../json.ts"
import type { JsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { bodyOf, changeResources, routeOf, textIn } from "./rewriting.ts"

export const clientMetaAdopted = defect({
  name: "client-meta-adopted",
  title: "The meta that a client sends with a create is stored and returned",
  seen: "a requirement of its own in scim2/test-suite (client_meta_ignored); RFC7643-3.1-12",
  level: "must",
  wrap(next) {
    const adopted = new Map<string, JsonObject>()
    return async (request) => {
      const { meta } = await bodyOf(request)
      const isCreate = routeOf(request).startsWith("POST /")
      const answer = await next(request)
      if (isCreate && isJsonObject(meta)) adopted.set(textIn(await bodyOf(answer), "id"), meta)
      return changeResources(answer, (resource) => {
        const stored = adopted.get(textIn(resource, "id"))
        const own = resource["meta"]
        return stored === undefined || !isJsonObject(own) ? resource : { ...resource, meta: { ...own, ...stored } }
      })
    }
  },
})
