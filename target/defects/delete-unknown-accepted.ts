import { defect } from "./defect.ts"

export const deleteUnknownAccepted = defect({
  name: "delete-unknown-accepted",
  title: "A delete of somebody who is not there is answered with 204",
  seen: "DELETE taken for idempotent in its answer too; the validator asks in preview (Delete the same User twice)",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return request.method === "DELETE" && answer.status === 404 ? new Response(null, { status: 204 }) : answer
  },
})
