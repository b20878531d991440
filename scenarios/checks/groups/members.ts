import { check } from "../../define.ts"
import { readPath, sameValue } from "../../path-value.ts"
import { givenGroupWith } from "../kept.ts"
import { patchAndRead } from "../patch-and-read.ts"

export const addMembers = check({
  id: "rfc7644-3.5.2.1-add-members",
  title: "Adding members keeps those who are there",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2.1", level: "must" },
  facts: ["RFC7644-3.5.2.1-05", "RFC7643-4.2-03", "WIRE-172"],
  needs: ["users", "groups", "patch"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra adds members one by one. Where an add replaces, each new member throws out all the others.",
  fix: "Append on add, and take a member who is there already for a success.",
  defects: ["add-replaces-list", "present-member-conflicts"],
  async run({ scim, expect, step }) {
    const { id: first } = await scim.givenUser()
    const { id: second } = await scim.givenUser()
    const { id } = await scim.givenGroup()
    for (const value of [first, second, second]) {
      step("add a member")
      const patched = await scim.patchOps(`/Groups/${id}`, [{ op: "add", path: "members", value: [{ value }] }])
      if (!expect(patched).toHaveStatus([200, 204], { code: "add-member-refused" })) return
    }
    const read = await scim.get(`/Groups/${id}`)
    const isDoubled = sameValue(readPath(read.json, "members.value"), [first, second, second])
    // A member who is there twice is merely untidy (RFC7643-2.4-05).
    expect(read).toHaveValue(
      "members.value",
      [first, second],
      isDoubled ? { code: "member-doubled", severity: "warning" } : { code: "add-replaces-list" },
    )
  },
})

export const removeMember = check({
  id: "rfc7644-3.5.2.2-remove-member",
  title: "Removing one member by a filter leaves the others",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2.2", level: "must" },
  facts: ["RFC7644-3.5.2.2-03", "RFC7644-3.5.2.2-05", "WIRE-170", "WIRE-172"],
  needs: ["users", "groups", "patch"],
  clients: ["rfc", "entra-optscim"],
  confidence: "documented",
  why: "One person leaves a project, and everybody loses access; or nobody does, the one included.",
  fix: 'Evaluate members[value eq "…"] in the path of a remove; a member who is not there is no error.',
  defects: ["remove-member-empties-group", "remove-member-without-effect"],
  async run(context) {
    const { scim, expect } = context
    const { id: first } = await scim.givenUser()
    const { id: second } = await scim.givenUser()
    const { id } = await givenGroupWith(context, [first, second])
    const read = await patchAndRead(
      context,
      `/Groups/${id}`,
      [{ op: "remove", path: `members[value eq "${first}"]` }],
      "selection-refused",
    )
    if (read === undefined) return
    expect(read).toHaveValue("members.value", [second], { code: "remove-member-wrong" })
  },
})

export const replaceMembers = check({
  id: "rfc7644-3.5.2.3-replace-members",
  title: "Replacing the members leaves exactly the new ones",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2.3", level: "must" },
  facts: ["RFC7644-3.5.2.3-02"],
  needs: ["users", "groups", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Who was taken out of the group keeps its rights.",
  fix: "Set the members to the value of a replace with path members.",
  defects: ["replace-members-adds", "replaced-members-refused"],
  async run(context) {
    const { scim, expect } = context
    const { id: first } = await scim.givenUser()
    const { id: second } = await scim.givenUser()
    const { id } = await givenGroupWith(context, [first])
    const operation = { op: "replace", path: "members", value: [{ value: second }] }
    const read = await patchAndRead(context, `/Groups/${id}`, [operation])
    if (read === undefined) return
    expect(read).toHaveValue("members.value", [second], { code: "replace-members-adds" })
  },
})

export const memberReference = check({
  id: "rfc7643-4.2-member-reference",
  title: "The $ref of a member is the URL of that member",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §4.2", level: "must" },
  facts: ["RFC7643-4.2-02", "RFC7643-2.3.7-02", "RFC7643-2.3.7-03"],
  needs: ["users", "groups"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients follow $ref to show who is in a group; one that leads nowhere shows nobody.",
  fix: "Build $ref from the base URL, the member's endpoint and its id, or leave it out.",
  defects: ["member-reference-broken"],
  async run(context) {
    const { scim, expect, baseUrl } = context
    const { id: member } = await scim.givenUser()
    const { id } = await givenGroupWith(context, [member])
    const read = await scim.get(`/Groups/${id}`)
    const reference = /"\$ref"\s*:\s*"(?<url>[^"]*)"/.exec(read.text)?.groups?.["url"]
    if (reference === undefined) return
    const url = URL.parse(reference, `${baseUrl}/`)?.href
    expect.that(url?.endsWith(`/Users/${member}`) === true, {
      code: "member-reference-broken",
      message: "The $ref of a member is not the member's URL",
      expected: `${baseUrl}/Users/${member}`,
      actual: reference,
      exchanges: [read.exchange],
    })
  },
})
