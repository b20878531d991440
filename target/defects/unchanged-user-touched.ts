import { toRfc3339 } from "../../protocol/index.ts"
import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { changeResources, idOf, textIn } from "./rewriting.ts"

export const unchangedUserTouched = defect({
  name: "unchanged-user-touched",
  title: "Every PATCH renews lastModified, changed or not",
  seen: "timestamps set by the persistence layer; scim2/test-suite asks (add_existing_no_timestamp_change)",
  level: "must",
  wrap(next, { clock }) {
    const touched = new Map<string, string>()
    return async (request) => {
      const answer = await next(request)
      if (request.method === "PATCH" && answer.ok) touched.set(idOf(request), toRfc3339(clock.now()))
      return changeResources(answer, (resource) => {
        const lastModified = touched.get(textIn(resource, "id"))
        const { meta } = resource
        return lastModified === undefined || !isJsonObject(meta)
          ? resource
          : { ...resource, meta: { ...meta, lastModified } }
      })
    }
  },
})
