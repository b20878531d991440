import { check } from "../../define.ts"

export const patchChanges = check({
  id: "rfc7644-3.5.2-patch-changes",
  title: "A PATCH that succeeds has changed the user",
  suite: "basic",
  requirement: { source: "rfc", ref: "7644 §3.5.2", level: "must" },
  facts: ["RFC7644-3.5.2.3-02", "RFC7644-3.5.2-17", "RFC7643-4.1.1-07", "WIRE-211"],
  needs: ["users", "patch"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra believes the status. Where active=false is answered with success and not stored, the person who left keeps access, and no log says so.",
  fix: "Apply every operation before you answer; refuse what you cannot apply.",
  defects: ["patch-without-effect", "patch-resets-the-rest"],
  async run({ scim, expect, step }) {
    const { id } = await scim.givenUser({ active: true, displayName: "Before", title: "Grower" })
    const before = await scim.get(`/Users/${id}`)
    step("disable and rename the user")
    const patched = await scim.patchOps(`/Users/${id}`, [
      { op: "replace", path: "active", value: false },
      { op: "replace", path: "displayName", value: "After" },
    ])
    if (!expect(patched).toHaveStatus([200, 204], { code: "patch-refused" })) return

    step("read it again")
    const read = await scim.get(`/Users/${id}`)
    if (!expect(read).toHaveStatus(200, { code: "inactive-hidden" })) return
    const code = read.object["active"] === true ? "patch-without-effect" : "boolean-as-text"
    expect(read).toHaveValue("active", false, { code })
    // Attributes that the endpoint does not keep are another case's finding.
    if (before.text.includes("Before")) {
      expect(read).toHaveValue("displayName", "After", { code: "patch-without-effect" })
    }
    if (before.text.includes("Grower")) expect(read).toHaveValue("title", "Grower", { code: "patch-touches-others" })
  },
})

export const patchAnswer = check({
  id: "rfc7644-3.5.2-patch-answer",
  title: "A PATCH is answered with 200 and the whole user, or with 204 and nothing",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.5.2", level: "must" },
  facts: ["RFC7644-3.5.2-17", "RFC9110-15.3.5-01", "WIRE-205"],
  needs: ["users", "patch"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A client that reads the answer takes an empty 200 for a broken one, and shows the user as empty.",
  fix: "Answer 204 without a body, or 200 with the user as a GET would return it.",
  defects: ["patch-answers-empty-200"],
  async run({ scim, expect }) {
    const { id, sent } = await scim.givenUser()
    const patched = await scim.patchOps(`/Users/${id}`, [{ op: "add", path: "displayName", value: "After" }])
    if (!expect(patched).toHaveStatus([200, 204], { code: "patch-refused" }) || patched.status === 204) return
    const code = "patch-answer-incomplete"
    expect(patched).toHaveValue("id", id, { code })
    expect(patched).toHaveValue("userName", sent["userName"] ?? null, { code })
    expect(patched).toHaveValue("displayName", "After", { code })
  },
})
