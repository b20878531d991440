/** Operations on the members of a group, as changes for the store. Members come and go whole (RFC7643-4.2-03). */
import { badRequest } from "../../scim-error.ts"
import { readMemberIds } from "../members.ts"
import type { Change, MemberChange } from "./state.ts"
import type { PatchTarget } from "./target.ts"

/**
 * What the operation asks to happen to the members.
 *
 * @throws ScimError 400 mutability where it would change a member in place, invalidValue where a member has no id.
 */
export function changeMembers(
  { attribute, sub, selected }: Extract<PatchTarget, { kind: "attribute" }>,
  { op, value }: Change,
): readonly MemberChange[] {
  if (sub !== undefined || (selected !== undefined && op !== "remove")) {
    throw badRequest("mutability", `What describes one of the ${attribute.label} cannot change: remove and add it.`)
  }
  if (selected !== undefined) return [{ kind: "removeWhere", attribute, condition: selected.condition }]
  if (op === "remove") {
    return [value === undefined ? { kind: "replace", ids: [] } : { kind: "remove", ids: readMemberIds(value) }]
  }
  const ids = readMemberIds(value ?? null)
  return op === "add" && ids.length === 0 ? [] : [{ kind: op, ids }]
}
