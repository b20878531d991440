/** For endpoints that do not look at tokens: the target does, and so is shown one that it accepted before. */
import type { FetchHandler } from "./defect.ts"
import { changeRequest } from "./rewriting.ts"

/** Repeats a refused request with an accepted token where `pardons` says so of the credentials that were sent. */
export function lendKnownToken(next: FetchHandler, pardons: (sent: string | null) => boolean): FetchHandler {
  let known: string | undefined
  return async (request) => {
    const sent = request.headers.get("authorization")
    const answer = await next(request.clone())
    if (answer.status !== 401) known = sent ?? known
    if (answer.status !== 401 || known === undefined || !pardons(sent)) return answer
    return next(await changeRequest(request, { headers: { authorization: known } }))
  }
}
