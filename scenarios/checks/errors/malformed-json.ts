import { USER_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"

export const malformedJson = check({
  id: "rfc7644-3.12-malformed-json",
  title: "A body that is no JSON object is refused with 400 invalidSyntax",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.3, §3.12", level: "must" },
  facts: ["RFC7644-3.3-08", "RFC7644-3.12-15"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "500 says: my fault, try again. The client repeats a request for ever that can never succeed.",
  fix: "Catch the parser's error and answer 400 with scimType invalidSyntax.",
  defects: ["malformed-json-500", "malformed-json-without-type"],
  async run({ scim, people, expect }) {
    const bodies = [`{"schemas":["${USER_URN}"],"userName":"${people.userName()}"`, "[]"]
    for (const body of bodies) {
      const answer = await scim.post("/Users", body)
      if (!expect(answer).toHaveStatus(400)) continue
      // Which keyword goes with the status is a SHOULD.
      expect(answer).toBeScimError(400, ["invalidSyntax", "invalidValue"], { severity: "warning" })
    }
  },
})
