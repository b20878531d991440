import { check } from "../../define.ts"
import { plainFilterWorks } from "../plain-filter.ts"
import { givenUsersAlike } from "./alike.ts"

export const countZero = check({
  id: "rfc7644-3.4.2.4-count-zero",
  title: "A count of 0, or below, gives totalResults and no users",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.4", level: "must" },
  facts: ["RFC7644-3.4.2.4-05", "RFC7644-3.4.2.4-04"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients ask with count=0 how many there are. A server that sends everybody instead sends them at every look.",
  fix: "Treat a negative count as 0, and answer count=0 with totalResults and an empty page.",
  defects: ["count-zero-means-all", "negative-count-refused"],
  async run(context) {
    const { scim, expect } = context
    if (!(await plainFilterWorks(context))) return
    const { filter } = await givenUsersAlike(context, 1)
    for (const count of ["0", "-1"]) {
      const page = await scim.find("/Users", filter, { query: { count } })
      if (!expect(page).toHaveStatus(200, { code: "count-zero" })) continue
      expect(page).toHaveValue("totalResults", 1, { code: "count-zero" })
      expect(page).toHaveNoValue("Resources", { code: "count-zero" })
    }
  },
})
