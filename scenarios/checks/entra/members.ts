import { check } from "../../define.ts"
import { givenGroupOf } from "./given-group.ts"
import { causeOfLoss, patch, patchAndRead } from "./patching.ts"
import { addMembers, BOTH_DIALECTS, removeMember } from "./requests.ts"
import { expectMembers, memberIds } from "./resources.ts"

export const addMember = check({
  id: "entra-add-members",
  title: "Members are added one by one and several at a time, and those who are there stay",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: group members", level: "entra" },
  facts: ["WIRE-002", "WIRE-159", "WIRE-166", "WIRE-167", "WIRE-169"],
  needs: ["users", "groups", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "Members are never read back: whoever is lost here stays lost, and Entra goes on believing that he is a member.",
  fix: "Add every member of the list to those who are there, in one step.",
  defects: ["add-replaces-list", "first-member-only"],
  async run({ scim, expect, dialect }) {
    const { id: first } = await scim.givenUser()
    const { id: second } = await scim.givenUser()
    const { id: third } = await scim.givenUser()
    const { id } = await scim.givenGroup()
    const refusal = { code: "add-member-refused" }
    const path = `/Groups/${id}`
    const one = await patchAndRead({ scim, expect }, path, addMembers(dialect, [first]), refusal)
    if (one === undefined) return
    if (!memberIds(one).includes(first)) {
      const code = await causeOfLoss({ scim }, path, "member-not-added")
      expectMembers(expect, one, [first], { code })
      return
    }
    const all = await patchAndRead({ scim, expect }, path, addMembers(dialect, [second, third]), refusal)
    if (all === undefined) return
    const code = memberIds(all).includes(first) ? "member-not-added" : "add-replaces-list"
    expectMembers(expect, all, [first, second, third], { code })
  },
})

export const addPresentMember = check({
  id: "entra-add-present-member",
  title: "Adding somebody who is a member already succeeds, and makes no double",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: group members", level: "entra" },
  facts: ["WIRE-172", "RFC7644-3.5.2.1-06"],
  needs: ["users", "groups", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "observed",
  dialects: BOTH_DIALECTS,
  why: "Entra does not read members, so it adds again after every error and restart. Answered with 409, the group is stuck in retries, with everybody who is in the same request.",
  fix: "Answer 200 or 204 where the member is there already, and keep each member once.",
  defects: ["present-member-conflicts", "members-doubled"],
  async run({ scim, expect, dialect, skip }) {
    const { id: member } = await scim.givenUser()
    const { id } = await scim.givenGroup()
    const path = `/Groups/${id}`
    if (!(await patch({ scim, expect }, path, addMembers(dialect, [member]), { code: "add-member-refused" }))) return
    const code = "present-member-refused"
    const read = await patchAndRead({ scim, expect }, path, addMembers(dialect, [member]), { code })
    if (read === undefined) return
    if (!memberIds(read).includes(member)) skip("adding the member had no effect")
    // Nothing that Entra does later depends on it, as it reads no members.
    expectMembers(expect, read, [member], { code: "member-doubled", severity: "warning" })
  },
})

export const removeListedMember = check({
  id: "entra-remove-member",
  title: "Removing a member removes that one, and the others stay",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: group members", level: "entra" },
  facts: ["WIRE-168", "WIRE-170", "WIRE-159", "RFC7644-3.5.2.2-06"],
  needs: ["users", "groups", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "Without the flag Entra lists who is to go beside the path members. Read by the RFC that removes everybody, and Entra never notices: the most dangerous single request there is.",
  fix: "Where a remove of members has a value, remove those listed and nobody else; where the path has a filter, those it selects.",
  defects: ["listed-members-empty-group", "listed-members-refused", "remove-member-without-effect"],
  async run({ scim, expect, dialect, skip }) {
    const { id: leaving } = await scim.givenUser()
    const { id: staying } = await scim.givenUser()
    const { id } = await givenGroupOf({ scim, skip }, [leaving, staying])
    const path = `/Groups/${id}`
    const refusal = { code: "remove-member-refused" }
    const read = await patchAndRead({ scim, expect }, path, removeMember(dialect, leaving), refusal)
    if (read === undefined) return
    const left = memberIds(read)
    if (!left.includes(staying)) expectMembers(expect, read, [staying], { code: "remove-members-empties-group" })
    else if (left.includes(leaving)) {
      const code = await causeOfLoss({ scim }, path, "remove-member-without-effect")
      expectMembers(expect, read, [staying], { code })
    }
  },
})

export const removeAbsentMember = check({
  id: "entra-remove-absent-member",
  title: "Removing somebody who is no member succeeds",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: group members", level: "entra" },
  facts: ["WIRE-172", "RFC7644-3.5.2.2-05"],
  needs: ["users", "groups", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "observed",
  dialects: BOTH_DIALECTS,
  why: "The member may have gone another way, or in a request whose answer was lost. An error is repeated for ever, and holds up the group.",
  fix: "Answer 200 or 204 where nobody was to be removed.",
  defects: ["absent-member-404"],
  async run({ scim, expect, dialect, skip }) {
    const { id: absent } = await scim.givenUser()
    const { id: member } = await scim.givenUser()
    const { id } = await givenGroupOf({ scim, skip }, [member])
    const refusal = { code: "absent-member-refused" }
    const read = await patchAndRead({ scim, expect }, `/Groups/${id}`, removeMember(dialect, absent), refusal)
    if (read !== undefined) expectMembers(expect, read, [member], { code: "remove-members-empties-group" })
  },
})
