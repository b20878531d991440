import { check } from "../../define.ts"
import { givenUserKeeping } from "../kept.ts"
import { plainFilterWorks } from "../plain-filter.ts"

export const present = check({
  id: "rfc7644-3.4.2.2-present",
  title: "pr finds those who have a value, simple, complex or in a list",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7644-3.4.2.2-09"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "People without an address or a title are looked for by pr, and found never or always.",
  fix: "Let pr hold where the attribute has a value that is not empty.",
  defects: ["present-always-true"],
  async run(context) {
    const { scim, people, expect } = context
    if (!(await plainFilterWorks(context))) return
    const mark = people.unique("mark")
    const emails = [{ type: "work", value: people.userName() }]
    const name = { givenName: "Ada" }
    await givenUserKeeping(context, { userName: `${mark}-1`, title: "Grower", name, emails })
    await scim.givenUser({ userName: `${mark}-2` })
    for (const attribute of ["title", "name.givenName", "emails"]) {
      const found = await scim.find("/Users", `userName sw "${mark}" and ${attribute} pr`)
      if (!expect(found).toHaveStatus(200, { code: "filter-operator" })) continue
      expect(found).toBeListOf(1, { code: "present-wrong" })
    }
  },
})
