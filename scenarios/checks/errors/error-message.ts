import { check } from "../../define.ts"
import { without } from "../members.ts"

export const errorMessage = check({
  id: "rfc7644-3.12-error-message",
  title: "Errors are SCIM error messages with the status as a text",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.12", level: "must" },
  facts: ["RFC7644-3.12-01", "RFC7644-3.12-02", "WIRE-206"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "The detail of the error is all that an administrator sees in the provisioning log; in any other form it is lost.",
  fix: 'Answer every error with {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404","detail":"…"}, the status in quotes.',
  defects: ["error-status-number", "error-without-body", "error-in-own-form", "error-as-page"],
  async run({ scim, people, expect, step }) {
    step("ask for a user who does not exist")
    const missing = await scim.get(`/Users/${people.guid()}`)
    step("create a user twice")
    const { sent } = await scim.givenUser()
    const duplicate = await scim.post("/Users", sent)
    step("create a user without userName")
    const nameless = without(people.minimalUser(), "userName")
    const refused = await scim.post("/Users", nameless)

    for (const answer of [missing, duplicate, refused]) {
      if (answer.status < 400) continue
      expect(answer).toBeScimError(answer.status)
      const type = answer.header("content-type") ?? ""
      expect.that(/^application\/(scim\+)?json\b/i.test(type), {
        code: "error-form",
        message: "An error has another media type than JSON",
        expected: "application/scim+json or application/json",
        actual: type === "" ? "no Content-Type" : type,
        exchanges: [answer.exchange],
      })
    }
  },
})
