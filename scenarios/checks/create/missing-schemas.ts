import { check } from "../../define.ts"
import { without } from "../members.ts"

export const missingSchemas = check({
  id: "rfc7643-3-schemas-required",
  title: "A user without schemas is refused with 400",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §3", level: "must" },
  facts: ["RFC7643-3-03"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A body that does not say what it is may be anything: a misdirected request then creates a user out of it.",
  fix: "Refuse a create whose schemas is missing, empty or lacks the core User schema with 400 invalidSyntax or invalidValue.",
  defects: ["schemas-optional"],
  async run({ scim, people, expect }) {
    const untyped = without(people.minimalUser(), "schemas")
    // Many servers assume the base schema: a deviation that harms nobody (C-51).
    const hint = { code: "schemas-optional", severity: "warning" } as const
    const answer = await scim.post("/Users", untyped)
    expect(answer).toHaveStatus(400, hint)
  },
})
