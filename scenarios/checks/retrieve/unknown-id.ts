import { check } from "../../define.ts"

export const unknownId = check({
  id: "rfc7644-3.4.1-unknown-id",
  title: "Reading a user who does not exist is answered with 404",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.1", level: "must" },
  facts: ["RFC7644-3.4.1-02", "WIRE-077"],
  needs: ["users"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "404 tells Entra that a person is gone, and it matches anew. Any other error keeps the person failing in every cycle.",
  fix: "Answer 404 for an id you do not know.",
  defects: ["unknown-id-400"],
  async run({ scim, people, expect }) {
    const answer = await scim.get(`/Users/${people.guid()}`)
    expect(answer).toHaveStatus(404, { code: "unknown-id" })
  },
})

export const oddId = check({
  id: "rfc7644-3.4.1-odd-id",
  title: "An id that does not even look like one is answered with 404 as well",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.1", level: "must" },
  facts: ["RFC7644-3.4.1-02", "RFC7644-3.4.1-03"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Ids are the server's business: a client that has an old one, or one of another system, must hear that nobody has it.",
  fix: "Answer 404 for an id you do not know, also where it does not have the form of your ids.",
  defects: ["unknown-id-500"],
  async run({ scim, expect }) {
    const answer = await scim.get("/Users/no-such-user")
    expect(answer).toHaveStatus(404)
  },
})
