/** The question before finer questions about searching. */
import type { CheckContext } from "./context.ts"

/**
 * Whether the plainest filter works. Where it does not, that is recorded as what it is, and a case about finer points has
 * nothing to learn: its own finding would be one more effect of the same cause.
 */
export async function plainFilterWorks({
  scim,
  people,
  expect,
}: Pick<CheckContext, "scim" | "people" | "expect">): Promise<boolean> {
  const found = await scim.find("/Users", `userName eq "${people.guid()}"`)
  return expect(found).toHaveStatus(200, { code: "empty-search-not-200" }) && expect(found).toBeListOf(0)
}
