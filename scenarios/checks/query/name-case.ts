import { check } from "../../define.ts"

export const nameCase = check({
  id: "rfc7644-3.4.2.2-names-in-any-case",
  title: "Attribute names and operators in filters may be written in any letter case",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7644-3.4.2.2-03", "WIRE-051", "WIRE-087"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Mappings are typed by people, and Microsoft's own examples capitalise sub-attributes: the search then fails for everybody.",
  fix: "Compare attribute names and operators without regard to case.",
  defects: ["filter-names-case-sensitive"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    await scim.givenUser({ userName })
    for (const filter of [`USERNAME eq "${userName}"`, `userName EQ "${userName}"`]) {
      expect(await scim.find("/Users", filter)).toBeListOf(1, { code: "names-case-sensitive" })
    }
  },
})
