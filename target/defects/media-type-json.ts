import { SCIM_MEDIA_TYPE } from "../../protocol/index.ts"
import { defect } from "./defect.ts"
import { withHeaders } from "./rewriting.ts"

export const mediaTypeJson = defect({
  name: "media-type-json",
  title: "Answers are application/json",
  seen: "jelhub/scimgateway #89; azure-docs #104859: one wrong Content-Type ended the whole validator run",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isScim = answer.headers.get("content-type")?.startsWith(SCIM_MEDIA_TYPE) === true
    return isScim ? withHeaders(answer, { "content-type": "application/json; charset=utf-8" }) : answer
  },
})
