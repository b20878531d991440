import { check } from "../../define.ts"
import { readPath } from "../../path-value.ts"

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/

export const meta = check({
  id: "rfc7643-3.1-meta",
  title: "A new user has a meta with resourceType, location and equal times of creation and last change",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §3.1", level: "must" },
  facts: ["RFC7643-3.1-13", "RFC7643-3.1-14", "RFC7643-3.1-15", "RFC7643-2.3.5-01", "RFC7644-3.3.1-01"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients that synchronise by time read meta.lastModified; without it they have to fetch everybody every time.",
  fix: 'Fill meta on every resource: resourceType as /ResourceTypes names it ("User"), created and lastModified as dateTime, location.',
  defects: ["meta-missing", "resource-type-in-lower-case", "times-in-local-format"],
  async run({ scim, expect }) {
    const { id } = await scim.givenUser()
    const read = await scim.get(`/Users/${id}`)
    if (!expect(read).toHaveStatus(200, { code: "created-not-readable" })) return
    const code = "meta-incomplete"
    expect(read).toHaveValue("meta.resourceType", "User", { code })
    const created = readPath(read.json, "meta.created")
    expect.that(typeof created === "string" && DATE_TIME.test(created), {
      code,
      message: "meta.created is no dateTime",
      expected: "a text such as 2026-01-31T08:00:00Z",
      actual: `meta.created = ${JSON.stringify(created) ?? "nothing"}`,
      exchanges: [read.exchange],
    })
    expect(read).toHaveValue("meta.lastModified", created ?? null, { code })
    expect.that(readPath(read.json, "meta.location") !== undefined, {
      code,
      message: "meta.location is missing",
      expected: "the URL of the user",
      actual: "no meta.location",
      exchanges: [read.exchange],
    })
  },
})
