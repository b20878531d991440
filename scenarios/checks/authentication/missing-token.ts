import { check } from "../../define.ts"

export const missingToken = check({
  id: "rfc7644-2-missing-token",
  title: "A request without credentials is refused with 401 and WWW-Authenticate",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §2", level: "must" },
  facts: ["RFC7644-2-01", "RFC9110-15.5.2-01", "RFC6750-3-01"],
  needs: ["users", "credentials"],
  clients: ["rfc"],
  confidence: "documented",
  why: "An endpoint that answers strangers hands out, and lets them change, everybody's account.",
  fix: "Refuse requests without valid credentials with 401 and a WWW-Authenticate header that names the scheme.",
  defects: ["missing-token-accepted", "challenge-missing"],
  async run({ scim, expect }) {
    // Refusing everybody would be no proof.
    const { id } = await scim.givenUser()
    const answer = await scim.get(`/Users/${id}`, { headers: { authorization: null } })
    if (!expect(answer).toHaveStatus(401, { code: "credentials-not-checked" })) return
    expect(answer).toHaveHeader("www-authenticate", undefined, { code: "challenge-missing" })
  },
})
