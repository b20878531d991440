import { defect } from "./defect.ts"
import { bodyOf } from "./rewriting.ts"

export const readOnlyPatchIgnored = defect({
  name: "read-only-patch-ignored",
  title: "A PATCH of a read-only attribute is answered with success and ignored",
  seen: "a section of pranems/SCIMServer's live checks (readOnly stripping); RFC7644-3.5.2-11",
  level: "should",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    const isReadOnly = request.method === "PATCH" && (await bodyOf(answer))["scimType"] === "mutability"
    return isReadOnly ? new Response(null, { status: 204 }) : answer
  },
})
