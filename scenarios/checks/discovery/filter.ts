import { check } from "../../define.ts"

export const discoveryFilter = check({
  id: "rfc7644-4-discovery-filter",
  title: "A filter at a discovery endpoint is refused with 403, or ignored",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §4", level: "should" },
  facts: ["RFC7644-4-06"],
  needs: [],
  clients: ["rfc"],
  confidence: "documented",
  why: "A filtered answer looks like a smaller service: a client that sees no Group schema provisions no groups.",
  fix: "Answer 403 where a discovery request has a filter.",
  defects: ["discovery-filtered"],
  async run({ scim, expect }) {
    const whole = await scim.get("/Schemas")
    const asked = await scim.get("/Schemas", { query: { filter: 'id eq "urn:no:such:schema"' } })
    if (asked.status === 403) return
    if (!expect(asked).toHaveStatus(200, { code: "discovery-filtered" })) return
    expect(asked).toHaveValue("totalResults", whole.object["totalResults"] ?? null, { code: "discovery-filtered" })
  },
})
