import { check } from "../../define.ts"
import { plainFilterWorks } from "../plain-filter.ts"

export const specialCharacters = check({
  id: "rfc7644-3.4.2.2-special-characters",
  title: "Values in filters may hold quotes, backslashes, percent signs and any other character",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7644-3.4.2.2-25", "RFC7644-3.4.2.2-18", "RFC7644-1.2-01", "WIRE-052"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "People are called O'Hara, and addresses hold + and _. Where such a value breaks the search, that person is created again and again, or somebody else is found; a quote that breaks it is an open door to the database.",
  fix: "Parse the value as a JSON string and bind it as a parameter of the query; escape % and _ where you use LIKE.",
  defects: ["wildcards-in-values", "quote-breaks-search"],
  async run(context) {
    const { scim, people, expect } = context
    if (!(await plainFilterWorks(context))) return
    const mark = people.unique("mark")
    for (const userName of [`${mark}o'hara+work@example.com`, `${mark}_"x"\\y(1)&%41=ü@example.com`]) {
      const created = await scim.post("/Users", people.minimalUser({ userName }))
      // Not every server takes every name; what it takes it must find.
      if (created.status !== 200 && created.status !== 201) continue
      const found = await scim.find("/Users", `userName eq ${JSON.stringify(userName)}`)
      expect(found).toBeListOf(1, { code: "special-characters" })
    }
    const pattern = await scim.find("/Users", `userName eq "${mark}%"`)
    expect(pattern).toBeListOf(0, { code: "special-characters" })
  },
})
