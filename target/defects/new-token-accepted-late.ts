import { defect } from "./defect.ts"
import { refuse } from "./rewriting.ts"

const CACHED_MS = 3_600_000

export const newTokenAcceptedLate = defect({
  name: "new-token-accepted-late",
  title: "Entra's new token is refused for an hour, as long as the old one is cached",
  seen: "credentials cached per application; QA-4969398: new token saved, and still quarantined",
  level: "entra",
  wrap(next, { clock }) {
    let known: string | null = null
    let cachedUntilMs = 0
    return async (request) => {
      // Entra alone sends this header: other clients have tokens of their own.
      if (!request.headers.has("adscimversion")) return next(request)
      const token = request.headers.get("authorization")
      if (known !== null && token !== known) cachedUntilMs = clock.now() + CACHED_MS
      known = token
      return clock.now() < cachedUntilMs ? refuse(401, "The access token is not valid.") : next(request)
    }
  },
})
