import { check } from "../../define.ts"
import { readPath } from "../../path-value.ts"
import { givenGroupWith } from "../kept.ts"
import { textIn } from "../members.ts"

export const userGroups = check({
  id: "rfc7643-4.1.2-user-groups",
  title: "The groups of a user show his memberships",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §4.1.2", level: "should" },
  facts: ["RFC7643-4.1.2-07", "RFC7643-4.1.2-05"],
  needs: ["users", "groups"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Whoever looks at a person sees no rights, and gives them a second time.",
  fix: "Fill User.groups from the memberships: value is the id of the group.",
  defects: ["user-groups-empty"],
  async run(context) {
    const { scim, expect } = context
    const { id } = await scim.givenUser()
    const { id: group } = await givenGroupWith(context, [id])
    const read = await scim.get(`/Users/${id}`)
    if (expect(read).toHaveStatus(200, { code: "created-not-readable" })) {
      expect(read).toHaveValue("groups.value", [group], { code: "user-groups" })
    }
  },
})

export const groupsReadOnly = check({
  id: "rfc7643-4.1.2-groups-read-only",
  title: "Groups in the body of a user make nobody a member",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §4.1.2", level: "must" },
  facts: ["RFC7643-4.1.2-04", "RFC7644-3.3-01", "RFC7643-7-09"],
  needs: ["users", "groups"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Whoever may write users could make himself a member of any group, administrators included.",
  fix: "Ignore groups in the body of a user; memberships change through the group alone.",
  defects: ["groups-set-through-user"],
  async run({ scim, people, expect }) {
    const { id: group } = await scim.givenGroup()
    const created = await scim.post("/Users", people.minimalUser({ groups: [{ value: group }] }))
    if (!expect(created).toHaveStatus([200, 201], { code: "read-only-refused" })) return
    const read = await scim.get(`/Groups/${group}`)
    const members = readPath(read.json, "members.value")
    expect.that(!JSON.stringify(members ?? []).includes(textIn(created.object, "id")), {
      code: "groups-set-through-user",
      message: "A user became a member by naming the group in his own body",
      expected: "no such member",
      actual: `members = ${JSON.stringify(members)}`,
      exchanges: [created.exchange, read.exchange],
    })
  },
})
