/** For defects that touch groups when a user changes. */
import type { FetchHandler } from "./defect.ts"
import { ask, bodyOf, objectsIn } from "./rewriting.ts"

/** Ids of the groups that a user is a member of, asked with the credentials of `request`. */
export async function groupIdsOf(userId: string, next: FetchHandler, request: Request): Promise<readonly string[]> {
  const filter = encodeURIComponent(`members.value eq "${userId}"`)
  const found = await bodyOf(await ask(next, request, { path: `/Groups?filter=${filter}` }))
  return objectsIn(found, "Resources")
    .map(({ id }) => id)
    .filter((id) => typeof id === "string")
}
