import { check } from "../../define.ts"
import { givenGroupOf } from "./given-group.ts"
import { expectOnly, search } from "./searching.ts"

export const findGroupByName = check({
  id: "entra-find-group",
  title: "A search by displayName finds that group, in any letter case, without its members",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: group operations", level: "entra" },
  facts: ["WIRE-045", "WIRE-051", "WIRE-053", "WIRE-157", "WIRE-160"],
  needs: ["users", "groups", "filter"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra matches groups by name. A filter that is ignored or refused gives it all groups or none; members that come along slow it down and show up as multiple entries.",
  fix: "Apply the filter to groups as to users, compare displayName without regard to case, and honour excludedAttributes.",
  defects: ["group-filter-ignored", "excluded-attributes-ignored"],
  async run({ scim, people, expect, skip }) {
    const { id: member } = await scim.givenUser()
    const displayName = `${people.unique("Fruit")} pickers & press`
    const { id } = await givenGroupOf({ scim, skip }, [member], { displayName })
    await scim.givenGroup({ displayName: `${displayName} too` })
    for (const name of [displayName, displayName.toUpperCase()]) {
      const filter = `displayName eq "${name}"`
      const found = await search({ scim, expect }, "/Groups", filter, { excludedAttributes: "members" })
      const hint = name === displayName ? {} : { fewer: "case-sensitive-filter" }
      if (!expectOnly(expect, found, id, hint)) continue
      expect(found).toHaveNoValue("Resources.members", { code: "members-not-excluded" })
    }
  },
})

export const readGroup = check({
  id: "entra-read-group",
  title: "A group is read by its id without its members",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: group operations", level: "entra" },
  facts: ["WIRE-158", "WIRE-159", "WIRE-160"],
  needs: ["users", "groups"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra reads a group before each change, never with its members. Groups of thousands take seconds where they come along, and the log shows multiple entries.",
  fix: "Honour excludedAttributes=members at GET /Groups/{id}, without reading the members first.",
  defects: ["members-not-excluded", "excluded-attributes-ignored"],
  async run({ scim, people, expect, skip }) {
    const { id: member } = await scim.givenUser()
    const displayName = people.unique("group")
    const { id } = await givenGroupOf({ scim, skip }, [member], { displayName })
    const read = await scim.get(`/Groups/${id}`, { query: { excludedAttributes: "members" } })
    if (!expect(read).toHaveStatus(200)) return
    expect(read).toHaveNoValue("members", { code: "members-not-excluded" })
    expect(read).toHaveValue("displayName", displayName)
  },
})
