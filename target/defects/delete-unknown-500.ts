import { defect } from "./defect.ts"
import { refuse } from "./rewriting.ts"

export const deleteUnknown500 = defect({
  name: "delete-unknown-500",
  title: "A delete of somebody who is not there ends in 500",
  seen: "an exception for the missing row; the validator asks in preview (Delete a non-existent User)",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return request.method === "DELETE" && answer.status === 404 ? refuse(500, "Record to delete not found.") : answer
  },
})
