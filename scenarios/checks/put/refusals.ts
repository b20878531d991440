import { check } from "../../define.ts"
import { without } from "../members.ts"

export const putNeverCreates = check({
  id: "rfc7644-3.5.1-put-never-creates",
  title: "PUT to an unknown id is answered with 404 and creates nobody",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.2, §3.5.1", level: "must" },
  facts: ["RFC7644-3.2-02", "RFC7644-3.5.1-10"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A client that replaces somebody who was deleted brings him back, with all his rights.",
  fix: "Answer 404 where the id is unknown; only POST creates.",
  defects: ["put-creates"],
  async run({ scim, people, expect }) {
    const id = people.guid()
    const put = await scim.put(`/Users/${id}`, people.minimalUser())
    if (put.status === 405 || put.status === 501) return
    expect(put).toHaveStatus(404, { code: put.status < 300 ? "put-creates" : "unknown-id" })
  },
})

export const putNeedsUserName = check({
  id: "rfc7644-3.5.1-put-needs-user-name",
  title: "PUT without userName is refused with 400 and changes nothing",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.1", level: "must" },
  facts: ["RFC7644-3.5.1-07", "RFC7643-4.1.1-01"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A user who loses the name cannot be found again.",
  fix: "Check a PUT as you check a create: required attributes must be there.",
  defects: ["put-without-user-name-accepted"],
  async run({ scim, people, expect }) {
    const { id } = await scim.givenUser({ displayName: "Before" })
    const nameless = without(people.minimalUser({ displayName: "After" }), "userName")
    const put = await scim.put(`/Users/${id}`, nameless)
    // The duty is the client's; refusing is the usual consequence (RFC7644-3.5.1-07).
    const hint = { code: "put-without-user-name", severity: "warning" } as const
    if (put.status !== 405 && put.status !== 501) expect(put).toHaveStatus(400, hint)
  },
})
