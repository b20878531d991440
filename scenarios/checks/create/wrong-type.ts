import { check } from "../../define.ts"

export const wrongType = check({
  id: "rfc7644-3.3-wrong-type",
  title: "A value of another type than the schema says is refused with 400",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.3", level: "must" },
  facts: ["RFC7644-3.3-08", "RFC7643-2.3.2-02"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "What is stored is returned: one user with a text where a Boolean belongs breaks every client that reads the list.",
  fix: "Check values against the schema before they are stored, and refuse with 400 invalidValue what does not fit.",
  defects: ["any-type-stored"],
  strict: true,
  async run({ scim, people, expect }) {
    for (const [name, value] of [
      ["active", "maybe"],
      ["userName", { first: "Ada" }],
      ["name", "Ada Lovelace"],
    ] as const) {
      const answer = await scim.post("/Users", people.minimalUser({ [name]: value }))
      expect(answer).toHaveStatus(400, {
        code: "type-not-checked",
        message: `A user with ${name} = ${JSON.stringify(value)} was not refused with 400`,
      })
    }
  },
})
