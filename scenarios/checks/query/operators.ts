import { check } from "../../define.ts"
import { givenUserKeeping } from "../kept.ts"
import { plainFilterWorks } from "../plain-filter.ts"

export const operators = check({
  id: "rfc7644-3.4.2.2-operators",
  title: "All ten filter operators work on text",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: [
    "RFC7644-3.4.2.2-04",
    "RFC7644-3.4.2.2-05",
    "RFC7644-3.4.2.2-06",
    "RFC7644-3.4.2.2-07",
    "RFC7644-3.4.2.2-08",
    "RFC7644-3.4.2.2-09",
    "RFC7644-3.4.2.2-10",
  ],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A server that announces filters announces all of them: clients that list who changed, or who starts with A, get errors or wrong people.",
  fix: "Implement eq, ne, co, sw, ew, pr, gt, ge, lt and le for every attribute type they apply to.",
  defects: ["filter-eq-only", "gt-as-ge"],
  async run(context) {
    const { scim, people, expect } = context
    if (!(await plainFilterWorks(context))) return
    // The mark keeps everybody else out of the answers.
    const mark = people.unique("mark")
    for (const name of ["alder", "birch", "cedar"]) {
      await givenUserKeeping(context, { userName: `${mark}-${name}`, displayName: name })
    }
    for (const [condition, count] of [
      ['displayName eq "birch"', 1],
      ['displayName ne "birch"', 2],
      ['displayName co "ir"', 1],
      ['displayName sw "ced"', 1],
      ['displayName ew "er"', 1],
      ["displayName pr", 3],
      ['displayName gt "birch"', 1],
      ['displayName ge "birch"', 2],
      ['displayName lt "birch"', 1],
      ['displayName le "birch"', 2],
    ] as const) {
      const found = await scim.find("/Users", `userName sw "${mark}" and ${condition}`)
      expect(found).toBeListOf(count, { code: "filter-operator" })
    }
  },
})
