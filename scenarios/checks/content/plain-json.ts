import { check } from "../../define.ts"

export const plainJson = check({
  id: "rfc7644-3.8-plain-json",
  title: "application/json is accepted in requests and given to those who ask for it",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.8", level: "should" },
  facts: ["RFC7644-3.8-03", "RFC7644-3.8-06"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Scripts and older clients say application/json: they cannot be used with an endpoint that insists.",
  fix: "Take application/json for application/scim+json in Content-Type and Accept.",
  defects: ["plain-json-refused"],
  async run({ scim, people, expect }) {
    const json = { accept: "application/json", "content-type": "application/json" }
    const created = await scim.post("/Users", people.minimalUser(), { headers: json })
    expect(created).toHaveStatus([200, 201], { code: "plain-json-refused" })
  },
})
