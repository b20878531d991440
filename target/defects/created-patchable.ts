import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { operationsOf, pathOf } from "./patch-changes.ts"
import { changeResources, idOf, textIn } from "./rewriting.ts"

export const createdPatchable = defect({
  name: "created-patchable",
  title: "PATCH can change meta.created",
  seen: "generic setters by path, without a look at mutability; RFC7643-3.1-14",
  level: "must",
  wrap(next) {
    const changed = new Map<string, string>()
    return async (request) => {
      const operations = request.method === "PATCH" ? await operationsOf(request) : []
      const created = operations.find((operation) => pathOf(operation) === "meta.created")?.["value"]
      if (typeof created === "string") {
        changed.set(idOf(request), created)
        return new Response(null, { status: 204 })
      }
      return changeResources(await next(request), (resource) => {
        const time = changed.get(textIn(resource, "id"))
        const { meta } = resource
        return time === undefined || !isJsonObject(meta) ? resource : { ...resource, meta: { ...meta, created: time } }
      })
    }
  },
})
