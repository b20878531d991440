import { check } from "../../define.ts"

export const booleans = check({
  id: "rfc7643-2.3.2-booleans",
  title: "Booleans are returned as JSON true and false",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §2.3.2", level: "must" },
  facts: ["RFC7643-2.3.2-01", "RFC7643-4.1.1-07", "WIRE-207"],
  needs: ["users"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "A returned text in place of a Boolean fails Entra's parser: the person is never read, and so never updated or disabled.",
  fix: "Keep Booleans as Booleans, whatever form the request had, and return true or false without quotes.",
  defects: ["booleans-as-text"],
  async run({ scim, people, expect }) {
    const emails = [{ value: people.userName(), type: "work", primary: true }]
    const { id, answer } = await scim.givenUser({ active: false, emails })
    const code = "boolean-as-text"
    for (const seen of [answer, await scim.get(`/Users/${id}`)]) {
      if (seen.text === "") continue
      expect(seen).toHaveValue("active", false, { code })
      expect(seen).toHaveValue("emails.primary", [true], { code })
    }
  },
})
