import { isJsonObject } from "../json.ts"
import { defect } from "./defect.ts"
import { changeResources, withHeaders } from "./rewriting.ts"

const TAG = 'W/"1"'

export const etagConstant = defect({
  name: "etag-constant",
  title: "The ETag is always the same",
  seen: "a version nobody counts up; no peer but scim2/test-suite looks at ETags",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await changeResources(await next(request), (resource) => {
      const { meta } = resource
      return isJsonObject(meta) ? { ...resource, meta: { ...meta, version: TAG } } : resource
    })
    return answer.headers.has("etag") ? withHeaders(answer, { etag: TAG }) : answer
  },
})
