import { ADSCIM_GROUP_URN, GROUP_URN } from "../../../protocol/index.ts"
import { check } from "../../define.ts"
import { readCreated } from "./resources.ts"

export const createGroup = check({
  id: "entra-create-group",
  title: "A group is created without members, with empty members, and with Microsoft's own schema URN",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: create group", level: "entra" },
  facts: ["WIRE-161", "WIRE-162", "WIRE-163"],
  needs: ["groups"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra creates groups empty, and its documented body lists a schema that nobody else has. A strict check creates no group at all.",
  fix: "Ignore URNs in schemas that you do not know, and do not ask for members.",
  defects: ["unknown-schema-urn-refused"],
  async run({ scim, people, expect }) {
    for (const attributes of [{ schemas: [GROUP_URN, ADSCIM_GROUP_URN] }, { schemas: [GROUP_URN], members: [] }]) {
      const displayName = people.unique("Pickers")
      const created = await scim.post("/Groups", { ...attributes, externalId: people.guid(), displayName })
      const isUrn = attributes.schemas.length > 1
      const code = isUrn ? "unknown-schema-urn-refused" : "create-refused"
      const read = await readCreated({ scim, expect }, "/Groups", created, { code })
      if (read === undefined) continue
      expect(read).toHaveValue("displayName", displayName)
      expect(read).toHaveNoValue("members")
    }
  },
})

export const groupExternalId = check({
  id: "entra-group-external-id",
  title: "The externalId of a group is stored",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: create group", level: "entra" },
  facts: ["WIRE-087", "WIRE-161"],
  needs: ["groups"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "The default mapping writes the directory's object id into it. Where it is dropped, Entra adds it again in every cycle, and groups can be matched by name alone.",
  fix: "Store externalId of groups, or have people remove it from their attribute mappings.",
  defects: ["group-external-id-dropped"],
  async run({ scim, people, expect }) {
    const externalId = people.guid()
    const { id } = await scim.givenGroup({ externalId })
    const read = await scim.get(`/Groups/${id}`)
    if (!expect(read).toHaveStatus(200, { code: "created-not-readable" })) return
    const isDropped = read.object["externalId"] === undefined
    expect(read).toHaveValue("externalId", externalId, {
      code: isDropped ? "attribute-dropped" : "external-id-altered",
      ...(isDropped && { severity: "warning" }),
    })
  },
})
