import { check } from "../../define.ts"
import { givenUserKeeping } from "../kept.ts"
import { plainFilterWorks } from "../plain-filter.ts"

export const userNameCase = check({
  id: "rfc7644-3.4.2.2-user-name-in-any-case",
  title: "A search by userName does not look at letter case",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7644-3.4.2.2-22", "RFC7643-4.1.1-03", "RFC7643-7-06", "WIRE-051"],
  needs: ["users", "filter"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "The address in the directory is often written in another case than the account. Entra then does not find the account, tries to create it, and meets a conflict for ever.",
  fix: "Compare userName without regard to case in filters, for instance by an index over its lower-case form.",
  defects: ["filter-values-case-sensitive"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    await scim.givenUser({ userName })
    const found = await scim.find("/Users", `userName eq "${userName.toUpperCase()}"`)
    expect(found).toBeListOf(1, { code: "case-sensitive-filter" })
  },
})

export const externalIdCase = check({
  id: "rfc7644-3.4.2.2-external-id-in-exact-case",
  title: "A search by externalId looks at letter case",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7643-3.1-08", "RFC7644-3.4.2.2-22", "RFC7643-7-06"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Keys that differ in case alone belong to different people: base64 ids, for one, do.",
  fix: "Compare attributes that are caseExact (externalId, id) exactly.",
  defects: ["filter-folds-external-id"],
  async run(context) {
    const { scim, people, expect } = context
    if (!(await plainFilterWorks(context))) return
    const externalId = `${people.unique("ext")}-AbC`
    await givenUserKeeping(context, { externalId })
    const exact = await scim.find("/Users", `externalId eq "${externalId}"`)
    if (!expect(exact).toBeListOf(1)) return
    const other = await scim.find("/Users", `externalId eq "${externalId.toLowerCase()}"`)
    expect(other).toBeListOf(0, { code: "case-exact-ignored" })
  },
})
