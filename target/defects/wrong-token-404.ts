import { defect } from "./defect.ts"
import { refuse } from "./rewriting.ts"

export const wrongToken404 = defect({
  name: "wrong-token-404",
  title: "A wrong token is answered with 404",
  seen: "the tenant is looked up by the token, and is not found; Entra takes 404 for a wrong URL, not for wrong credentials",
  level: "must",
  wrap: (next) => async (request) => {
    const answer = await next(request)
    return answer.status === 401 ? refuse(404, "There is no such tenant.") : answer
  },
})
