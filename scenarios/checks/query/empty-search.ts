import { check } from "../../define.ts"

export const emptySearch = check({
  id: "rfc7644-3.4.2-empty-search",
  title: "A search that finds nobody is answered with 200 and totalResults 0",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2", level: "must" },
  facts: ["RFC7644-3.4.2-05", "WIRE-057", "WIRE-061", "WIRE-203"],
  needs: ["users", "filter"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra's Test Connection asks for a user who cannot exist, and again at the start of every cycle. Anything but an empty list fails the test and puts a running job in quarantine.",
  fix: "Answer a search without matches with 200 and an empty ListResponse; 404 is for ids in the path.",
  defects: ["empty-search-404", "empty-search-without-body"],
  async run({ scim, people, expect }) {
    const found = await scim.find("/Users", `userName eq "${people.guid()}"`)
    if (expect(found).toHaveStatus(200, { code: "empty-search-not-200" })) expect(found).toBeListOf(0)
  },
})
