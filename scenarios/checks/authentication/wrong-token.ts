import { check } from "../../define.ts"

export const wrongToken = check({
  id: "rfc7644-2-wrong-token",
  title: "A token that was never given out is refused with 401",
  suite: "basic",
  requirement: { source: "rfc", ref: "7644 §2", level: "must" },
  facts: ["RFC7644-2-01", "RFC6750-3-02", "WIRE-061"],
  needs: ["users", "credentials"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Anybody could read and change every account. And Entra's Test Connection would pass with any token, so that nobody notices the wrong one.",
  fix: "Compare the bearer token with those you issued, and answer 401 where it is none of them.",
  defects: ["any-token-accepted"],
  async run({ scim, people, expect }) {
    // Refusing everybody would be no proof.
    const { id } = await scim.givenUser()
    const answer = await scim.get(`/Users/${id}`, { headers: { authorization: `Bearer wrong-${people.guid()}` } })
    expect(answer).toHaveStatus(401, { code: "credentials-not-checked" })
  },
})
