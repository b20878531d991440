import { check } from "../../define.ts"
import { sameValue } from "../../path-value.ts"

export const parameters = check({
  id: "rfc7644-4-discovery-parameters",
  title: "Discovery endpoints pay no heed to paging and sorting",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §4", level: "must" },
  facts: ["RFC7644-4-05"],
  needs: [],
  clients: ["rfc"],
  confidence: "documented",
  why: "A client that pages by habit would see a part of the schemas and take it for all.",
  fix: "Ignore startIndex, count, sortBy and sortOrder at /Schemas, /ResourceTypes and /ServiceProviderConfig.",
  defects: ["discovery-paged"],
  async run({ scim, expect }) {
    const whole = await scim.get("/Schemas")
    if (!expect(whole).toHaveStatus(200)) return
    const asked = await scim.get("/Schemas", { query: { startIndex: "2", count: "1", sortBy: "id" } })
    expect.that(sameValue(whole.object["Resources"], asked.object["Resources"]), {
      code: "discovery-paged",
      message: "/Schemas with paging parameters gives another list than without",
      expected: "the same list",
      actual: `totalResults ${JSON.stringify(asked.object["totalResults"])}, status ${asked.status}`,
      exchanges: [whole.exchange, asked.exchange],
    })
  },
})
