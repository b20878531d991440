import { check } from "../../define.ts"
import { isArray, readPath } from "../../path-value.ts"
import { textIn } from "../members.ts"

export const singlePrimary = check({
  id: "rfc7643-2.4-single-primary",
  title: "At most one value of an attribute is primary",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §2.4", level: "must" },
  facts: ["RFC7643-2.4-03"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "With two primary addresses mail goes to one or the other by chance, and clients that ask for the primary value find two.",
  fix: "Refuse a body with two primary values with 400 invalidValue, or keep the mark on one of them.",
  defects: ["several-primaries-kept"],
  async run({ scim, people, expect }) {
    const emails = ["work", "home"].map((type) => ({ type, value: people.userName(), primary: true }))
    const created = await scim.post("/Users", people.minimalUser({ emails }))
    if (!expect(created).toHaveStatus([200, 201, 400]) || created.status === 400) return
    const read = await scim.get(`/Users/${textIn(created.object, "id")}`)
    const primaries = readPath(read.json, "emails[primary eq true]")
    expect.that(!isArray(primaries), {
      code: "several-primaries",
      message: "A user has two primary e-mail addresses",
      expected: "one at most",
      actual: `emails = ${JSON.stringify(read.object["emails"])}`,
      exchanges: [created.exchange, read.exchange],
    })
  },
})
