import { defect } from "./defect.ts"
import { refuse } from "./rewriting.ts"

const REFUSALS_MAX = 3

export const refusalsLockOut = defect({
  name: "refusals-lock-out",
  title: "After three refused requests the client is locked out, with a good token too",
  seen: "protection against guessing that counts by address; a quarantined job asks for weeks with its old token (ENG-QUAR-07)",
  level: "entra",
  wrap(next) {
    let refusals = 0
    return async (request) => {
      if (refusals >= REFUSALS_MAX) return refuse(403, "Too many requests with bad credentials.")
      const answer = await next(request)
      if (answer.status === 401) refusals += 1
      return answer
    }
  },
})
