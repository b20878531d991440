import { defect } from "./defect.ts"
import { withHeaders } from "./rewriting.ts"

export const etagOfTheTime = defect({
  name: "etag-of-the-time",
  title: "Each answer has another ETag",
  seen: "tags made of the time, or of a body with a changing order; RFC7644-3.14-03",
  level: "must",
  wrap(next) {
    let count = 0
    return async (request) => {
      const answer = await next(request)
      count += 1
      return answer.headers.has("etag") ? withHeaders(answer, { etag: `W/"${count}"` }) : answer
    }
  },
})
