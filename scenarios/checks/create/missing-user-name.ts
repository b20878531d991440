import { check } from "../../define.ts"
import { without } from "../members.ts"

export const missingUserName = check({
  id: "rfc7643-4.1.1-user-name-required",
  title: "A user without userName is refused with 400",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §4.1.1", level: "must" },
  facts: ["RFC7643-4.1.1-01", "RFC7644-3.3-08"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A user without a name cannot be found again: the client creates him anew in every cycle.",
  fix: "Refuse a create without userName, or with an empty one, with 400 and scimType invalidValue.",
  defects: ["user-name-optional"],
  async run({ scim, people, expect, step }) {
    const nameless = without(people.minimalUser({ displayName: people.unique("nameless") }), "userName")
    step("create a user without userName")
    const absent = await scim.post("/Users", nameless)
    expect(absent).toHaveStatus(400, { code: "user-name-optional" })

    step("create a user with an empty userName")
    const empty = await scim.post("/Users", { ...nameless, userName: "" })
    expect(empty).toHaveStatus(400, {
      code: "user-name-empty",
      message: "A user with an empty userName was not refused with 400",
      advice: "Refuse an empty userName like a missing one: each user must include a userName that is not empty.",
    })
  },
})
