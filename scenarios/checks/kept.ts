/** What must be stored before a case can ask anything about it. */
import { isNoValue } from "../path-value.ts"
import type { CheckContext, CreatedResource, JsonObject } from "./context.ts"

/**
 * Creates a user with these attributes, and skips the case where the endpoint does not keep one of them: that an attribute
 * is dropped is the finding of the cases about attributes, and must not look like a broken filter or PATCH.
 */
export async function givenUserKeeping(
  { scim, skip }: Pick<CheckContext, "scim" | "skip">,
  attributes: JsonObject,
): Promise<CreatedResource> {
  const user = await scim.givenUser(attributes)
  const read = await scim.get(`/Users/${user.id}`)
  const dropped = Object.keys(attributes).filter((name) => read.status === 200 && isNoValue(read.object[name]))
  return dropped.length === 0 ? user : skip(`the endpoint does not keep ${dropped.join(", ")}`)
}

/** Creates a group with these members, and skips the case where the endpoint does not keep them. */
export async function givenGroupWith(
  { scim, skip }: Pick<CheckContext, "scim" | "skip">,
  members: readonly string[],
  attributes: JsonObject = {},
): Promise<CreatedResource> {
  const group = await scim.givenGroup({ ...attributes, members: members.map((value) => ({ value })) })
  const read = await scim.get(`/Groups/${group.id}`)
  const isKept = members.every((member) => read.text.includes(member))
  return isKept ? group : skip("the endpoint does not keep the members of a new group")
}
