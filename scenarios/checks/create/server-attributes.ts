import { check } from "../../define.ts"
import { textIn } from "../members.ts"

const ELSEWHERE = "https://elsewhere.example.com/Users/1"
const LONG_AGO = "2001-02-03T04:05:06Z"

export const serverAttributes = check({
  id: "rfc7644-3.3-server-attributes",
  title: "An id and a meta that the client sends with a create are ignored",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.3", level: "must" },
  facts: ["RFC7644-3.3-01", "RFC7643-3.1-01", "RFC7643-3.1-05", "RFC7643-3.1-12", "WIRE-084"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients send back what they once read. A server that believes them lets one client choose, or overwrite, the identity of another's user.",
  fix: "Assign id and meta yourself, and skip read-only attributes in the body instead of refusing or storing them.",
  defects: ["client-id-adopted", "client-meta-adopted", "read-only-values-refused"],
  async run({ scim, people, expect, step }) {
    step("create a user with an id and a meta of our own")
    const wish = people.guid()
    const meta = { resourceType: "User", created: LONG_AGO, lastModified: LONG_AGO, location: ELSEWHERE }
    const created = await scim.post("/Users", people.minimalUser({ id: wish, meta }))
    if (!expect(created).toHaveStatus([200, 201], { code: "read-only-refused" })) return

    step("read it")
    const id = textIn(created.object, "id")
    expect.that(id !== wish, {
      code: "client-id-adopted",
      message: "The new user has the id that the client sent",
      expected: "an id of the server's own",
      actual: `id = ${id}`,
      exchanges: [created.exchange],
    })
    const read = await scim.get(`/Users/${id}`)
    const adopted = [LONG_AGO.slice(0, 10), ELSEWHERE].filter((text) => read.text.includes(text))
    expect.that(adopted.length === 0, {
      code: "client-meta-adopted",
      message: "The new user has the meta that the client sent",
      expected: "times and location of the server's own",
      actual: `the user holds ${adopted.join(" and ")}`,
      exchanges: [created.exchange, read.exchange],
    })
  },
})
