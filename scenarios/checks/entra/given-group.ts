/** A group with members to begin with, however the endpoint takes them. */
import type { CheckContext, CreatedResource, JsonObject } from "../context.ts"

/**
 * Creates a group and makes these its members: in the create or, where the endpoint ignores them there, by PATCH, as Entra
 * does. Skips the case where neither helps: nothing about members could be learnt.
 */
export async function givenGroupOf(
  { scim, skip }: Pick<CheckContext, "scim" | "skip">,
  members: readonly string[],
  attributes: JsonObject = {},
): Promise<CreatedResource> {
  const value = members.map((member) => ({ value: member }))
  const group = await scim.givenGroup({ ...attributes, members: value })
  const path = `/Groups/${group.id}`
  const areThere = async (): Promise<boolean> => {
    const { text } = await scim.get(path)
    return members.every((member) => text.includes(member))
  }
  if (await areThere()) return group
  await scim.patchOps(path, [{ op: "add", path: "members", value }])
  return (await areThere()) ? group : skip("the endpoint took no members for a group")
}
