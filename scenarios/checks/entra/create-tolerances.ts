import { ENTERPRISE_USER_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"
import { readCreated } from "./resources.ts"

export const createOddities = check({
  id: "entra-create-tolerances",
  title: "Empty roles, and an address that is marked as primary, do not fail a create",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: create user", level: "entra" },
  facts: ["WIRE-082", "WIRE-089"],
  needs: ["users"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Microsoft's documented body has roles [], its validator marks addresses as primary. A schema that is stricter than that creates nobody.",
  fix: "Take an empty list for no value, and ignore sub-attributes that you do not know.",
  defects: ["empty-roles-refused", "primary-address-refused"],
  async run({ scim, people, expect }) {
    for (const [code, attributes] of [
      ["empty-roles-refused", { roles: [] }],
      ["primary-address-refused", { addresses: [{ type: "work", primary: true, locality: "Hood River" }] }],
    ] as const) {
      const created = await scim.post("/Users", people.minimalUser(attributes))
      expect(created).toHaveStatus([200, 201], {
        code,
        message: `A user with ${JSON.stringify(attributes)} was refused`,
      })
    }
  },
})

export const textBooleans = check({
  id: "entra-create-text-boolean",
  title: 'active may be "True" or "False" in a create, and is returned as a Boolean',
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: create user", level: "entra" },
  facts: ["WIRE-085", "WIRE-086", "WIRE-207"],
  needs: ["users"],
  // With the flag Booleans are Booleans (WIRE-005).
  clients: ["entra"],
  confidence: "documented",
  why: 'The default mapping of active is a text expression, and Microsoft confirms that "True" arrives as a text. Refused, nobody is created; read as any text, disabled people are let in.',
  fix: 'Take "True" and "False", in any letter case, for true and false, and return Booleans without quotes.',
  defects: ["text-booleans-refused", "text-booleans-truthy", "booleans-as-text"],
  async run({ scim, people, expect }) {
    for (const [text, active] of [
      ["True", true],
      ["False", false],
    ] as const) {
      const created = await scim.post("/Users", people.minimalUser({ active: text }))
      const read = await readCreated({ scim, expect }, "/Users", created, { code: "boolean-string-rejected" })
      if (read === undefined) continue
      const isText = typeof read.object["active"] === "string"
      expect(read).toHaveValue("active", active, { code: isText ? "boolean-as-text" : "boolean-string-misread" })
    }
  },
})

export const unlistedExtension = check({
  id: "entra-create-unlisted-extension",
  title: "Extension attributes whose URN is not in schemas do not fail a create",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: extensions and custom attributes", level: "entra" },
  facts: ["WIRE-147", "WIRE-148", "WIRE-149", "RFC7644-3.3-09"],
  needs: ["users"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra puts custom attributes into the body under their URN and does not list the URN in schemas.",
  fix: "Take the extension from the member that holds it, listed or not, and ignore extensions that you do not know.",
  defects: ["unlisted-extension-refused", "unknown-attribute-refused"],
  async run({ scim, people, expect, capabilities }) {
    if (capabilities.enterpriseUser !== false) {
      const known = await scim.post("/Users", people.minimalUser({ [ENTERPRISE_USER_URN]: { department: "Cellar" } }))
      if (!expect(known).toHaveStatus([200, 201], { code: "unlisted-extension-refused" })) return
    }
    // Whoever refuses attributes that he does not know may do so; his customers have to know what they map.
    const orchard = "urn:ietf:params:scim:schemas:extension:Orchard:2.0:User"
    const displayName = "Lena Fischer"
    const unknown = await scim.post("/Users", people.minimalUser({ displayName, [orchard]: { badge: "B-17" } }))
    expect(unknown).toHaveStatus([200, 201], {
      code: "unknown-attribute-refused",
      severity: "warning",
      advice: "Ignore attributes that you do not know, or have people remove them from their attribute mappings.",
    })
  },
})
