import { check } from "../../define.ts"

export const unknownSchema = check({
  id: "rfc7644-4-unknown-schema",
  title: "A schema that does not exist is answered with 404",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.1, §4", level: "must" },
  facts: ["RFC7644-3.4.1-02", "RFC7644-4-03"],
  needs: [],
  clients: ["rfc"],
  confidence: "documented",
  why: "A client that asks whether an extension is offered must not be told that it is.",
  fix: "Answer 404 for a URN that is none of your schemas.",
  defects: ["unknown-schema-200"],
  async run({ scim, expect }) {
    const answer = await scim.get("/Schemas/urn:ietf:params:scim:schemas:extension:orchard:2.0:NoSuchThing")
    expect(answer).toHaveStatus(404, { code: "unknown-schema" })
  },
})
