import { check } from "../../define.ts"
import { readPath, sameValue } from "../../path-value.ts"
import { givenUserKeeping } from "../kept.ts"
import { plainFilterWorks } from "../plain-filter.ts"

export const sortOrder = check({
  id: "rfc7644-3.4.2.3-sort-order",
  title: "sortBy orders users, ascending unless descending is asked for",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.3", level: "must" },
  facts: ["RFC7644-3.4.2.3-01", "RFC7644-3.4.2.3-04"],
  needs: ["users", "filter", "sort"],
  clients: ["rfc"],
  confidence: "documented",
  why: "A client that pages through what it takes for sorted stops too early, or starts too late.",
  fix: "Order by sortBy and sortOrder, or announce sort.supported false.",
  defects: ["sort-ignored", "descending-ignored"],
  async run(context) {
    const { scim, people, expect } = context
    if (!(await plainFilterWorks(context))) return
    const displayName = people.unique("sorted")
    for (const title of ["birch", "alder", "cedar"]) await givenUserKeeping(context, { displayName, title })
    const rising = ["alder", "birch", "cedar"]
    for (const [order, expected] of [
      [undefined, rising],
      ["descending", rising.toReversed()],
    ] as const) {
      const query = { sortBy: "title", ...(order !== undefined && { sortOrder: order }) }
      const found = await scim.find("/Users", `displayName eq "${displayName}"`, { query })
      if (!expect(found).toBeListOf(3)) continue
      const held = readPath(found.json, "Resources.title")
      expect.that(JSON.stringify(held) === JSON.stringify(expected), {
        code: "sort-order",
        message: `sortBy=title, ${order ?? "without sortOrder"}, gives another order`,
        expected: expected.join(", "),
        actual: sameValue(held, expected) ? JSON.stringify(held) : "other users",
        exchanges: [found.exchange],
      })
    }
  },
})

export const sortMissing = check({
  id: "rfc7644-3.4.2.3-sort-missing-values",
  title: "Users without the value that orders come last ascending and first descending",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.3", level: "must" },
  facts: ["RFC7644-3.4.2.3-03"],
  needs: ["users", "filter", "sort"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Databases differ in where they put what is missing; clients that merge lists rely on the RFC's order.",
  fix: "Order by (value is missing), then by value; the other way round for descending.",
  defects: ["missing-values-sorted-first"],
  async run(context) {
    const { scim, people, expect } = context
    if (!(await plainFilterWorks(context))) return
    const displayName = people.unique("sorted")
    const { id: without } = await scim.givenUser({ displayName })
    const { id: having } = await givenUserKeeping(context, { displayName, title: "alder" })
    for (const [order, expected] of [
      ["ascending", [having, without]],
      ["descending", [without, having]],
    ] as const) {
      const query = { sortBy: "title", sortOrder: order }
      const found = await scim.find("/Users", `displayName eq "${displayName}"`, { query })
      if (!expect(found).toBeListOf(2)) continue
      const held = readPath(found.json, "Resources.id")
      expect.that(JSON.stringify(held) === JSON.stringify(expected), {
        code: "sort-missing-values",
        message: `${order}, the user without title is in the wrong place`,
        expected: order === "ascending" ? "last" : "first",
        actual: order === "ascending" ? "first" : "last",
        exchanges: [found.exchange],
      })
    }
  },
})
