import { check } from "../../define.ts"
import { givenGroupWith, givenUserKeeping } from "../kept.ts"

export const excludedAttributes = check({
  id: "rfc7644-3.9-excluded-attributes",
  title: "excludedAttributes= leaves out what it names, but never the id",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.9", level: "must" },
  facts: ["RFC7644-3.9-02", "RFC7644-3.4.2.5-02", "RFC7643-7-12"],
  needs: ["users"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Clients exclude what is large. An id that can be excluded leaves them with people they cannot address.",
  fix: "Remove the named attributes from the default set, except those that are returned always.",
  defects: ["excluded-attributes-ignored", "id-excluded"],
  async run(context) {
    const { scim, expect } = context
    const { id, sent } = await givenUserKeeping(context, { title: "Grower" })
    const read = await scim.get(`/Users/${id}`, { query: { excludedAttributes: "title,id" } })
    if (!expect(read).toHaveStatus(200, { code: "created-not-readable" })) return
    expect(read).toHaveNoValue("title", { code: "excluded-attributes-ignored" })
    expect(read).toHaveValue("id", id, { code: "id-excluded" })
    expect(read).toHaveValue("userName", sent["userName"] ?? null, { code: "excluded-too-much" })
  },
})

export const excludedMembers = check({
  id: "rfc7644-3.9-excluded-members",
  title: "excludedAttributes=members gives a group without its members",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.9", level: "must" },
  facts: ["RFC7644-3.9-02", "WIRE-157", "WIRE-158", "WIRE-160"],
  needs: ["users", "groups"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra reads groups like this, always. With the members in, large groups take ages, and the log shows multiple entries where there is one.",
  fix: "Honour excludedAttributes=members at GET /Groups and GET /Groups/{id}, without reading the members first.",
  defects: ["members-not-excluded", "excluded-attributes-ignored"],
  async run(context) {
    const { scim, people, expect } = context
    const { id: member } = await scim.givenUser()
    const displayName = people.unique("group")
    const { id } = await givenGroupWith(context, [member], { displayName })
    const query = { excludedAttributes: "members" }
    const code = "members-not-excluded"
    const read = await scim.get(`/Groups/${id}`, { query })
    if (expect(read).toHaveStatus(200, { code: "created-not-readable" })) {
      expect(read).toHaveNoValue("members", { code })
    }
    const found = await scim.find("/Groups", `displayName eq "${displayName}"`, { query })
    if (expect(found).toBeListOf(1)) expect(found).toHaveNoValue("Resources.members", { code })
  },
})
