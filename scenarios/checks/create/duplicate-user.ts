import { check } from "../../define.ts"

export const duplicateUser = check({
  id: "rfc7644-3.3-duplicate-user",
  title: "A second user with the same userName is refused with 409 uniqueness",
  suite: "basic",
  requirement: { source: "rfc", ref: "7644 §3.3", level: "must" },
  facts: ["RFC7644-3.3-07", "RFC7643-4.1.1-02", "WIRE-093"],
  needs: ["users"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra matches people by userName. Where two share one, the search finds both, and the service stops managing either.",
  fix: "Make userName unique without regard to case, and answer a second create with 409 and scimType uniqueness.",
  defects: ["duplicate-user-accepted", "duplicate-without-scim-type"],
  async run({ scim, people, expect, step }) {
    const userName = people.userName()
    step("create a user")
    await scim.givenUser({ userName })

    step("create the same user again")
    const second = await scim.post("/Users", people.minimalUser({ userName }))
    // What the message says beside the status is for people: clients decide by the status.
    if (expect(second).toHaveStatus(409, { code: "duplicate-accepted" })) {
      expect(second).toBeScimError(409, "uniqueness", { severity: "warning" })
    }

    step("look how many there are")
    const found = await scim.find("/Users", `userName eq "${userName}"`)
    expect(found).toBeListOf(1)
  },
})
