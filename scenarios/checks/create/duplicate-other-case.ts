import { check } from "../../define.ts"

export const duplicateOtherCase = check({
  id: "rfc7643-4.1.1-duplicate-in-another-case",
  title: "A userName that differs in letter case alone is a duplicate",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §4.1.1", level: "must" },
  facts: ["RFC7643-4.1.1-03"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "People type their address in any case. Two accounts that differ in case alone are one person with two sets of rights.",
  fix: "Compare userName without regard to case wherever uniqueness is checked, or index it in lower case.",
  defects: ["duplicate-in-another-case-accepted"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    await scim.givenUser({ userName })
    const second = await scim.post("/Users", people.minimalUser({ userName: userName.toUpperCase() }))
    expect(second).toHaveStatus(409, { code: "duplicate-accepted" })
  },
})
