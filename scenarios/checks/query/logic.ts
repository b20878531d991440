import { check } from "../../define.ts"
import { givenUserKeeping } from "../kept.ts"
import { plainFilterWorks } from "../plain-filter.ts"

export const logic = check({
  id: "rfc7644-3.4.2.2-logic",
  title: "and binds tighter than or, not and parentheses work",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7644-3.4.2.2-12", "RFC7644-3.4.2.2-15"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A filter read in another order finds other people, and no error says so.",
  fix: "Parse filters by the grammar: not before and, and before or, parentheses first.",
  defects: ["filter-read-left-to-right", "not-ignored"],
  async run(context) {
    const { scim, people, expect } = context
    if (!(await plainFilterWorks(context))) return
    const mark = people.unique("mark")
    for (const name of ["alder", "birch", "cedar"]) {
      await givenUserKeeping(context, { displayName: name, title: mark })
    }
    for (const [condition, count] of [
      [`title eq "${mark}" and displayName eq "alder" or title eq "${mark}" and displayName eq "cedar"`, 2],
      [`displayName eq "alder" and title eq "nobody" or title eq "${mark}" and displayName eq "birch"`, 1],
      [`title eq "${mark}" and (displayName eq "alder" or displayName eq "birch")`, 2],
      [`title eq "${mark}" and not (displayName eq "alder")`, 2],
    ] as const) {
      const found = await scim.find("/Users", condition)
      expect(found).toBeListOf(count, { code: "filter-logic" })
    }
  },
})
