import { check } from "../../define.ts"
import { isArray, isObject } from "../../path-value.ts"
import { textIn } from "../members.ts"
import { plainFilterWorks } from "../plain-filter.ts"
import { givenUsersAlike } from "./alike.ts"

const SIZE = 2
const COUNT = 5

export const pages = check({
  id: "rfc7644-3.4.2.4-pages",
  title: "Page by page every user comes exactly once",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.4", level: "must" },
  facts: [
    "RFC7644-3.4.2.4-01",
    "RFC7644-3.4.2.4-03",
    "RFC7644-3.4.2.4-06",
    "RFC7644-3.4.2.4-07",
    "RFC7644-3.4.2.4-09",
    "WIRE-233",
    "WIRE-235",
  ],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Whoever is missing from the pages is taken for deleted, whoever comes twice for a double. Entra's account discovery walks all users like this.",
  fix: "Count startIndex from 1, keep one order over all pages, return at most count users, and echo startIndex.",
  defects: ["start-index-ignored", "start-index-from-zero", "count-ignored", "start-index-not-echoed"],
  async run(context) {
    const { scim, expect, step } = context
    if (!(await plainFilterWorks(context))) return
    const { filter, ids } = await givenUsersAlike(context, COUNT)
    const seen: string[] = []
    const exchanges: string[] = []
    for (let startIndex = 1; startIndex <= COUNT; startIndex += SIZE) {
      step(`ask for the page from ${startIndex} on`)
      const query = { filter, startIndex: String(startIndex), count: String(SIZE) }
      const page = await scim.get("/Users", { query })
      exchanges.push(page.exchange)
      if (!expect(page).toHaveStatus(200)) return
      expect(page).toHaveValue("startIndex", startIndex, { code: "start-index" })
      const { Resources } = page.object
      const resources = isArray(Resources) ? Resources.filter((resource) => isObject(resource)) : []
      expect.that(resources.length <= SIZE, {
        code: "count-ignored",
        message: `A page of at most ${SIZE} holds ${resources.length}`,
        expected: `${SIZE} users at most`,
        actual: `${resources.length} users`,
        exchanges: [page.exchange],
      })
      seen.push(...resources.map((resource) => textIn(resource, "id")))
    }

    const missing = ids.filter((id) => !seen.includes(id))
    const twice = seen.length - new Set(seen).size
    expect.that(missing.length === 0 && twice === 0, {
      code: "pages-do-not-add-up",
      message: `Of ${COUNT} users ${missing.length} are on no page and ${twice} come twice`,
      expected: "each user on one page",
      actual: `pages with ${seen.length} users, ${new Set(seen).size} of them different`,
      exchanges,
    })
  },
})
