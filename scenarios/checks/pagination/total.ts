import { check } from "../../define.ts"
import { plainFilterWorks } from "../plain-filter.ts"
import { givenUsersAlike } from "./alike.ts"

export const total = check({
  id: "rfc7644-3.4.2.4-total",
  title: "totalResults counts all matches, not those on the page",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.4", level: "must" },
  facts: ["RFC7644-3.4.2.4-06"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A client stops reading when it has totalResults users. With the size of the page it stops after the first, and takes everybody else for gone.",
  fix: "Count the matches without regard to startIndex and count.",
  defects: ["total-of-the-page"],
  async run(context) {
    const { scim, expect } = context
    if (!(await plainFilterWorks(context))) return
    const { filter } = await givenUsersAlike(context, 3)
    const page = await scim.find("/Users", filter, { query: { count: "1" } })
    if (expect(page).toHaveStatus(200)) expect(page).toHaveValue("totalResults", 3, { code: "total-of-the-page" })
  },
})
