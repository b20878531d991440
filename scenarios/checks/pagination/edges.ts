import { check } from "../../define.ts"
import { plainFilterWorks } from "../plain-filter.ts"
import { givenUsersAlike } from "./alike.ts"

export const startBelowOne = check({
  id: "rfc7644-3.4.2.4-start-below-one",
  title: "A startIndex below 1 counts as 1",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.4", level: "must" },
  facts: ["RFC7644-3.4.2.4-02"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients that count from 0 would be refused, or miss a user.",
  fix: "Raise a startIndex of 0 or less to 1.",
  defects: ["start-index-zero-refused"],
  async run(context) {
    const { scim, expect } = context
    if (!(await plainFilterWorks(context))) return
    const { filter } = await givenUsersAlike(context, 1)
    const page = await scim.find("/Users", filter, { query: { startIndex: "0" } })
    expect(page).toBeListOf(1, { code: "start-index" })
  },
})

export const beyondTheEnd = check({
  id: "rfc7644-3.4.2.4-beyond-the-end",
  title: "A page beyond the end is answered with 200 and no users",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.4", level: "must" },
  facts: ["RFC7644-3.4.2.4-08", "RFC7644-3.4.2.4-06"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "When people are deleted while a client pages, its last page lies beyond the end: an error there throws away the whole walk.",
  fix: "Answer with totalResults and an empty Resources, whatever the startIndex.",
  defects: ["page-beyond-the-end-404"],
  async run(context) {
    const { scim, expect } = context
    if (!(await plainFilterWorks(context))) return
    const { filter } = await givenUsersAlike(context, 1)
    const page = await scim.find("/Users", filter, { query: { startIndex: "1000" } })
    if (!expect(page).toHaveStatus(200, { code: "page-beyond-the-end" })) return
    expect(page).toHaveValue("totalResults", 1, { code: "page-beyond-the-end" })
    expect(page).toHaveNoValue("Resources", { code: "page-beyond-the-end" })
  },
})
