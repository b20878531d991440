import { defect } from "./defect.ts"
import { withHeaders, withText } from "./rewriting.ts"

export const errorAsPage = defect({
  name: "error-as-page",
  title: "Errors are HTML pages",
  seen: "azure-docs #115546: the exception page of the framework, shown as a failed fetch",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    if (answer.status < 400) return answer
    const page = withText(answer, `<html><body><h1>Error ${answer.status}</h1></body></html>`)
    return withHeaders(page, { "content-type": "text/html; charset=utf-8" })
  },
})
