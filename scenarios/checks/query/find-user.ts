import { check } from "../../define.ts"

export const findUser = check({
  id: "rfc7644-3.4.2.2-find-user",
  title: "A search by userName finds that user and nobody else",
  suite: "basic",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7644-3.4.2.2-02", "RFC7644-3.4.2.2-04", "WIRE-072", "WIRE-074"],
  needs: ["users", "filter"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra looks for every person before it creates one. If the search finds others, it links the wrong account or gives up with multiple entries; if it finds nobody, it creates doubles.",
  fix: "Apply the filter parameter to GET /Users: return exactly the users whose userName equals the value.",
  defects: ["filter-ignored", "eq-as-contains"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    const { id } = await scim.givenUser({ userName })
    await scim.givenUser({ userName: `x${userName}` })
    const found = await scim.find("/Users", `userName eq "${userName}"`)
    if (expect(found).toBeListOf(1)) expect(found).toHaveValue("Resources.id", [id], { code: "filter-misses" })
  },
})
