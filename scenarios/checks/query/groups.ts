import { check } from "../../define.ts"
import { givenGroupWith } from "../kept.ts"

export const findGroup = check({
  id: "rfc7644-3.4.2.2-find-group",
  title: "A search by displayName finds that group and no other, in any letter case",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7644-3.4.2.2-02", "RFC7644-3.4.2.2-22", "WIRE-045", "WIRE-051", "WIRE-157"],
  needs: ["groups", "filter"],
  clients: ["rfc", "entra", "entra-optscim"],
  confidence: "documented",
  why: "Entra matches groups by name. A filter that is ignored gives it all groups, and it puts people into the wrong one.",
  fix: "Apply the filter parameter to GET /Groups as well; displayName is compared without regard to case.",
  defects: ["group-filter-ignored", "filter-values-case-sensitive"],
  async run({ scim, people, expect }) {
    const displayName = people.unique("group")
    await scim.givenGroup({ displayName })
    await scim.givenGroup({ displayName: `${displayName} too` })
    const exact = await scim.find("/Groups", `displayName eq "${displayName}"`)
    if (!expect(exact).toBeListOf(1)) return
    const other = await scim.find("/Groups", `displayName eq "${displayName.toUpperCase()}"`)
    expect(other).toBeListOf(1, { code: "case-sensitive-filter" })
  },
})

export const findByMember = check({
  id: "rfc7644-3.4.2.2-find-by-member",
  title: "A search by members.value finds the groups that a user belongs to",
  suite: "rfc",
  requirement: { source: "rfc", ref: "7644 §3.4.2.2", level: "must" },
  facts: ["RFC7644-3.4.2.2-02", "RFC7644-3.4.2.2-19", "RFC7644-3.4.2.2-20"],
  needs: ["users", "groups", "filter"],
  clients: ["rfc"],
  confidence: "documented",
  why: "Without it a client that wants one person's groups has to read every group with all its members.",
  fix: "Evaluate members.value in filters over /Groups, or refuse it with 400 invalidFilter; never ignore it.",
  defects: ["member-filter-ignored"],
  async run(context) {
    const { scim, expect } = context
    const { id } = await scim.givenUser()
    const { id: group } = await givenGroupWith(context, [id])
    await scim.givenGroup()
    const found = await scim.find("/Groups", `members.value eq "${id}"`)
    // An honest refusal is no silent fault, and costs a warning.
    if (found.status === 400 || found.status === 501) {
      expect(found).toHaveStatus(200, { code: "filter-refused", severity: "warning" })
      return
    }
    if (expect(found).toBeListOf(1)) expect(found).toHaveValue("Resources.id", [group], { code: "filter-misses" })
  },
})
