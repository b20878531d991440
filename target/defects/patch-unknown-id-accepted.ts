import { defect } from "./defect.ts"

export const patchUnknownIdAccepted = defect({
  name: "patch-unknown-id-accepted",
  title: "A PATCH of an unknown id is answered with 204",
  seen: "UPDATE without a look at the number of rows; RFC7644-3.5.2-19",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return request.method === "PATCH" && answer.status === 404 ? new Response(null, { status: 204 }) : answer
  },
})
