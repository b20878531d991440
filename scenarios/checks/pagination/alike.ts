/** People to page through: they share a displayName that nobody else has, so that others on the endpoint do not count. */
import type { CheckContext } from "../context.ts"
import { givenUserKeeping } from "../kept.ts"

export interface Alike {
  /** Finds them all, and nobody else. */
  readonly filter: string
  readonly ids: readonly string[]
}

/** Creates `count` users of one displayName, one at least. */
export async function givenUsersAlike(context: CheckContext, count: number): Promise<Alike> {
  const displayName = context.people.unique("alike")
  const ids = [(await givenUserKeeping(context, { displayName })).id]
  while (ids.length < count) ids.push((await context.scim.givenUser({ displayName })).id)
  return { filter: `displayName eq "${displayName}"`, ids }
}
