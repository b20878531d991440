import { check } from "../../define.ts"
import { textIn, without } from "../members.ts"

export const createGroup = check({
  id: "rfc7643-4.2-create-group",
  title: "A group that was created with a member is read back with name and member",
  suite: "basic",
  requirement: { source: "rfc", ref: "7643 §4.2", level: "must" },
  facts: ["RFC7643-4.2-02", "RFC7644-3.3-04", "RFC7644-3.4.1-01", "WIRE-161"],
  needs: ["users", "groups"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A group without its members gives nobody the rights it stands for.",
  fix: "Store the members of a create, and return each with value (the member's id).",
  defects: ["members-dropped-on-create", "members-as-plain-ids"],
  async run({ scim, people, expect, step }) {
    const { id: member } = await scim.givenUser()
    const displayName = people.unique("group")
    step("create a group")
    const created = await scim.post("/Groups", people.minimalGroup({ displayName, members: [{ value: member }] }))
    if (!expect(created).toHaveStatus(201, { code: "create-status" })) return
    step("read it")
    const read = await scim.get(`/Groups/${textIn(created.object, "id")}`)
    if (!expect(read).toHaveStatus(200, { code: "created-not-readable" })) return
    expect(read).toHaveValue("displayName", displayName)
    expect(read).toHaveValue("members.value", [member], { code: "members-lost" })
  },
})

export const groupName = check({
  id: "rfc7643-4.2-group-name-required",
  title: "A group without displayName is refused with 400",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §4.2", level: "must" },
  facts: ["RFC7643-4.2-01", "RFC7644-3.3-08"],
  needs: ["groups"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A group without a name cannot be matched again, nor told from others by those who look at it.",
  fix: "Refuse a group without displayName with 400 and scimType invalidValue.",
  defects: ["group-name-optional"],
  async run({ scim, people, expect }) {
    const nameless = without(people.minimalGroup(), "displayName")
    const answer = await scim.post("/Groups", nameless)
    // The published schema has it optional, an erratum required (C-12).
    expect(answer).toHaveStatus(400, { code: "group-name-optional", severity: "warning" })
  },
})
