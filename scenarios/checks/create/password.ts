import { check } from "../../define.ts"

export const password = check({
  id: "rfc7643-4.1.1-password-never-returned",
  title: "A password is never returned, not even when it is asked for",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §4.1.1", level: "must" },
  facts: ["RFC7643-4.1.1-05", "RFC7643-7-13", "RFC7643-7-11"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Whoever can read the directory could sign in as anybody, and passwords end up in the logs of every client.",
  fix: "Keep password out of every answer, whatever attributes the request names; a hash must not be returned either.",
  defects: ["password-returned"],
  async run({ scim, people, expect }) {
    const secret = `${people.unique("Pw")}!aA1`
    const { id, answer } = await scim.givenUser({ password: secret })
    const answers = [
      answer,
      await scim.get(`/Users/${id}`),
      await scim.get(`/Users/${id}`, { query: { attributes: "userName,password" } }),
    ]
    for (const seen of answers) expect(seen).toHaveNoValue("password", { code: "password-returned" })
  },
})
