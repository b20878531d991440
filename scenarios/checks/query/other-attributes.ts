import { check } from "../../define.ts"

export const otherAttributes = check({
  id: "rfc7644-3.4.2.2-any-attribute",
  title: "Filters work on any attribute, and one that cannot be applied is refused, not ignored",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7644-3.4.2.2-02", "RFC7644-3.4.2.2-19", "RFC7644-3.4.2.2-20", "RFC7644-3.4.2.2-21", "WIRE-045"],
  needs: ["users", "filter"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Whatever is configured as matching attribute is searched for. A filter that is silently ignored finds everybody, and Entra links people to accounts of others.",
  fix: "Evaluate filters on every attribute you store; answer 400 invalidFilter for those you cannot evaluate.",
  defects: ["filter-on-user-name-only"],
  async run({ scim, people, expect }) {
    const email = people.userName()
    const familyName = people.unique("family")
    const attributes = {
      externalId: people.unique("ext"),
      name: { familyName },
      emails: [{ value: email, type: "work" }],
    }
    const { id } = await scim.givenUser(attributes)
    await scim.givenUser()
    const read = await scim.get(`/Users/${id}`)
    for (const [path, value] of [
      ["externalId", attributes.externalId],
      ["name.familyName", familyName],
      ["emails.value", email],
      ["id", id],
    ] as const) {
      // What the endpoint does not keep it cannot find: that is another case's finding.
      if (!read.text.includes(value)) continue
      const filter = `${path} eq "${value}"`
      const found = await scim.find("/Users", filter)
      // Filters over many attributes are asked for; an honest refusal is no silent fault, and costs a warning.
      const isRefused = found.status === 400 || found.status === 501
      if (isRefused) expect(found).toHaveStatus(200, { code: "filter-refused", severity: "warning" })
      else expect(found).toBeListOf(1)
    }
  },
})
