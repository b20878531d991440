import { defect } from "./defect.ts"
import { ask, bodyOf, withStatus } from "./rewriting.ts"

export const putCreates = defect({
  name: "put-creates",
  title: "PUT to an unknown id creates a user",
  seen: "upsert; scim2/test-suite asks (put_does_not_create)",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request.clone())
    if (request.method !== "PUT" || answer.status !== 404) return answer
    const created = await ask(next, request, { method: "POST", path: "/Users", body: await bodyOf(request) })
    return created.ok ? withStatus(created, 201) : created
  },
})
