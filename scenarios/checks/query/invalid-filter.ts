import { check } from "../../define.ts"

export const invalidFilter = check({
  id: "rfc7644-3.4.2.2-invalid-filter",
  title: "A filter that cannot be read is refused with 400 invalidFilter",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7644-3.4.2.2-16", "RFC7644-3.4.2.2-17", "RFC7644-3.12-11"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Where a broken filter is ignored, the client takes everybody for a match, and may then change or delete them.",
  fix: "Answer 400 with scimType invalidFilter for every filter that your parser does not understand.",
  defects: ["invalid-filter-ignored", "invalid-filter-500"],
  async run({ scim, expect }) {
    for (const filter of ["userName eq", 'userName like "a"', '(userName eq "a"']) {
      const answer = await scim.find("/Users", filter)
      if (!expect(answer).toHaveStatus(400, answer.status === 200 ? { code: "invalid-filter-ignored" } : {})) continue
      expect(answer).toBeScimError(400, "invalidFilter", { severity: "warning" })
    }
  },
})
