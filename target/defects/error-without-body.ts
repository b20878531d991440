import { defect } from "./defect.ts"

export const errorWithoutBody = defect({
  name: "error-without-body",
  title: "Errors are a status and nothing else",
  seen: "the default of many frameworks (rancher #54870 added bodies later)",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    if (answer.status < 400) return answer
    const headers = new Headers(answer.headers)
    headers.delete("content-type")
    return new Response(null, { status: answer.status, headers })
  },
})
