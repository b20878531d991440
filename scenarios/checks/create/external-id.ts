import { check } from "../../define.ts"

export const externalId = check({
  id: "rfc7643-3.1-external-id",
  title: "externalId comes back exactly as the client sent it",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §3.1", level: "must" },
  facts: ["RFC7643-3.1-08", "RFC7643-7-07", "WIRE-078"],
  needs: ["users"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "externalId is the client's own key: Entra writes it, compares it, and often finds people by it.",
  fix: "Store externalId as it was sent, letter case included, and return it by default.",
  defects: ["external-id-dropped", "external-id-in-lower-case"],
  async run({ scim, people, expect }) {
    const sent = `${people.unique("Ext")}-AbC`
    const { id } = await scim.givenUser({ externalId: sent })
    const read = await scim.get(`/Users/${id}`)
    if (!expect(read).toHaveStatus(200, { code: "created-not-readable" })) return
    if (read.object["externalId"] === undefined) {
      expect(read).toHaveValue("externalId", sent, {
        code: "attribute-dropped",
        severity: "warning",
        advice: "Store externalId, or have people remove it from their attribute mappings.",
      })
      return
    }
    expect(read).toHaveValue("externalId", sent, { code: "external-id-altered" })
  },
})
