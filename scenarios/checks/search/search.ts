import { SEARCH_REQUEST_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"

export const search = check({
  id: "rfc7644-3.4.3-search",
  title: "POST /Users/.search is a search with its parameters in the body",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.3", level: "must" },
  facts: ["RFC7644-3.4.3-01", "RFC7644-3.4.3-02", "RFC7644-3.4.3-03", "RFC7644-3.4.3-04"],
  needs: ["users", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Names in URLs end up in logs and proxies; clients that may not put them there search by POST. Entra never does (WIRE-237).",
  fix: "Serve POST /Users/.search and /Groups/.search by the code of the GET, with attributes as arrays and numbers as numbers.",
  defects: ["search-by-post-missing", "search-by-post-unfiltered"],
  async run({ scim, people, expect }) {
    const userName = people.userName()
    const { id } = await scim.givenUser({ userName, title: "Grower" })
    await scim.givenUser()
    const found = await scim.post("/Users/.search", {
      schemas: [SEARCH_REQUEST_URN],
      filter: `userName eq "${userName}"`,
      attributes: ["userName"],
      startIndex: 1,
      count: 10,
    })
    if (!expect(found).toBeListOf(1, found.status === 200 ? {} : { code: "search-by-post-missing" })) return
    expect(found).toHaveValue("Resources.id", [id], { code: "filter-misses" })
    expect(found).toHaveNoValue("Resources.title", { code: "attributes-ignored" })
  },
})
