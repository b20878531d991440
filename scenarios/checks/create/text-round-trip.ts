import { check } from "../../define.ts"

const TEXTS = {
  title: 'Chef & "Patron" <de cuisine>',
  nickName: "back\\slash \t 100% it's",
  displayName: "Łukasz Ørsted 李小龍 👩‍🔬",
} as const

export const textRoundTrip = check({
  id: "rfc7643-2.3.1-text-round-trip",
  title: "Any text comes back as it was sent: other scripts, quotes, backslashes and markup",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7643 §2.3.1", level: "must" },
  facts: ["RFC7643-2.3.1-01", "RFC7644-3.8-01", "WIRE-078"],
  needs: ["users"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra compares what it reads with what it sent. A name that comes back altered is written again in every cycle, for ever.",
  fix: "Store text as Unicode without escaping it, and let the JSON library do the quoting.",
  defects: ["text-in-ascii", "text-escaped-for-html"],
  async run({ scim, expect }) {
    const { id } = await scim.givenUser(TEXTS)
    const read = await scim.get(`/Users/${id}`)
    if (!expect(read).toHaveStatus(200, { code: "created-not-readable" })) return
    for (const [name, text] of Object.entries(TEXTS)) {
      const held = read.object[name]
      if (held === undefined || held === null) {
        expect(read).toHaveValue(name, text, {
          code: "attribute-dropped",
          severity: "warning",
          advice: `Store ${name}, or have people remove it from their attribute mappings.`,
        })
        continue
      }
      // These attributes are not caseExact: their case may change, and nothing else.
      expect.that(typeof held === "string" && held.toLowerCase() === text.toLowerCase(), {
        code: "text-altered",
        message: `${name} came back altered`,
        expected: JSON.stringify(text),
        actual: JSON.stringify(held),
        exchanges: [read.exchange],
      })
    }
  },
})
