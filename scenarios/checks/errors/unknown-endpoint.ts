import { check } from "../../define.ts"

export const unknownEndpoint = check({
  id: "rfc7644-3.12-unknown-endpoint",
  title: "An endpoint that does not exist is answered with 404",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.12", level: "should" },
  facts: ["RFC7644-3.12-05"],
  needs: [],
  clients: ["rfc"],
  confidence: "documented",
  why: "A wrong Tenant URL that answers 200 passes for a working endpoint until the first person is to be created.",
  fix: "Let everything under the SCIM base URL that you do not serve end in 404, not in the application's start page.",
  defects: ["unknown-endpoint-200"],
  async run({ scim, people, expect }) {
    const answer = await scim.get(`/${people.unique("Unicorns")}`)
    // 501 is what RFC 7644 §3.12 has for operations that a server does not support.
    expect(answer).toHaveStatus([404, 501], { code: "unknown-endpoint" })
  },
})
