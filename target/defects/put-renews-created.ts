import { toRfc3339 } from "../../protocol/index.ts"
import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { changeResources, idOf, textIn } from "./rewriting.ts"

export const putRenewsCreated = defect({
  name: "put-renews-created",
  title: "A PUT sets meta.created to its own time",
  seen: "PUT implemented as delete and create; RFC7643-3.1-14",
  level: "must",
  wrap(next, { clock }) {
    const renewed = new Map<string, string>()
    return async (request) => {
      const answer = await next(request)
      if (request.method === "PUT" && answer.ok) renewed.set(idOf(request), toRfc3339(clock.now()))
      return changeResources(answer, (resource) => {
        const created = renewed.get(textIn(resource, "id"))
        const { meta } = resource
        return created === undefined || !isJsonObject(meta) ? resource : { ...resource, meta: { ...meta, created } }
      })
    }
  },
})
