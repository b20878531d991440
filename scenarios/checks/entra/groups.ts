import { check } from "../../define.ts"
import { givenGroupOf } from "./given-group.ts"
import { onlyKept } from "./kept-values.ts"
import { causeOfLoss, patchAndRead } from "./patching.ts"
import { addMembers, BOTH_DIALECTS, type ByDialect } from "./requests.ts"
import { deleteAt, expectGone, expectMembers, memberIds } from "./resources.ts"
import { expectCount, expectOnly, search } from "./searching.ts"

export const renameGroup = check({
  id: "entra-rename-group",
  title: "A group with a new name keeps its members and is found by the new name",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: update group", level: "entra" },
  facts: ["WIRE-165", "WIRE-159", "WIRE-211"],
  needs: ["users", "groups", "filter", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "With the flag the new name comes in a value without a path. Taken for a whole group, which has no members, it empties the group.",
  fix: "Change displayName alone; what an operation does not name stays.",
  defects: ["replace-without-path-wipes", "group-name-fixed"],
  async run({ scim, people, expect, dialect, skip }) {
    const { id: member } = await scim.givenUser()
    const before = people.unique("Pickers")
    const after = people.unique("Fruit pickers")
    const { id } = await givenGroupOf({ scim, skip }, [member], { displayName: before })
    const operations: ByDialect = {
      entra: [{ op: "Replace", path: "displayName", value: after }],
      "entra-optscim": [{ op: "replace", value: { displayName: after } }],
    }
    const refusal = { code: dialect === "entra" ? "patch-refused" : "path-needed" }
    const read = await patchAndRead({ scim, expect }, `/Groups/${id}`, operations[dialect], refusal)
    if (read === undefined) return
    expectMembers(expect, read, [member], { code: "patch-touches-others" })
    if (!expect(read).toHaveValue("displayName", after, { code: "patch-without-effect" })) return
    expectOnly(expect, await search({ scim, expect }, "/Groups", `displayName eq "${after}"`), id)
    expectCount(expect, await search({ scim, expect }, "/Groups", `displayName eq "${before}"`), 0)
  },
})

export const changeGroupExternalId = check({
  id: "entra-change-group-external-id",
  title: "The externalId of a group can be changed, and the members stay",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: update group", level: "entra" },
  facts: ["WIRE-087", "WIRE-165"],
  needs: ["users", "groups", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "Groups that were there before Entra came get their externalId by a PATCH. Where it does not arrive, it is sent in every cycle.",
  fix: "Apply PATCH operations to every attribute of a group that you store.",
  defects: ["group-external-id-fixed"],
  async run({ scim, people, expect, dialect, skip }) {
    const { id: member } = await scim.givenUser()
    const { id } = await givenGroupOf({ scim, skip }, [member], { externalId: people.guid() })
    const externalId = people.guid()
    const kept = onlyKept(await scim.get(`/Groups/${id}`), { externalId })
    if (Object.keys(kept).length === 0) skip("the endpoint keeps no externalId of groups")
    const operations: ByDialect = {
      entra: [{ op: "Replace", path: "externalId", value: externalId }],
      "entra-optscim": [{ op: "replace", value: { externalId } }],
    }
    const refusal = { code: dialect === "entra" ? "patch-refused" : "path-needed" }
    const read = await patchAndRead({ scim, expect }, `/Groups/${id}`, operations[dialect], refusal)
    if (read === undefined) return
    expect(read).toHaveValue("externalId", externalId, { code: "patch-without-effect" })
    expectMembers(expect, read, [member], { code: "patch-touches-others" })
  },
})

export const replacedMembers = check({
  id: "entra-replace-members",
  title: "A replace of members with the new one alone makes that one a member",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: aadOptscim062020", level: "entra" },
  facts: ["WIRE-167"],
  needs: ["users", "groups", "patch"],
  clients: ["entra-optscim"],
  confidence: "observed",
  dialects: ["entra-optscim"],
  why: "In 2026 the flag was seen to add members by a replace that lists the new one only. By the RFC that removes the others, which Entra may not mean: nobody fails for either reading.",
  fix: "Accept a replace of members; think twice about removing whoever is not listed.",
  defects: ["replaced-members-refused"],
  async run({ scim, expect, skip }) {
    const { id: present } = await scim.givenUser()
    const { id: added } = await scim.givenUser()
    const { id } = await givenGroupOf({ scim, skip }, [present])
    const operations = [{ op: "replace", path: "members", value: [{ value: added }] }]
    const warning = { code: "replaced-members", severity: "warning" } as const
    const read = await patchAndRead({ scim, expect }, `/Groups/${id}`, operations, warning)
    if (read === undefined) return
    if (memberIds(read).includes(added)) return
    const code = await causeOfLoss({ scim }, `/Groups/${id}`, warning.code)
    expectMembers(expect, read, [added], { ...warning, code })
  },
})

export const nestedGroup = check({
  id: "entra-nested-group",
  title: "A group can be a member of a group",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: group members", level: "entra" },
  facts: ["WIRE-174", "RFC7643-4.2-04"],
  needs: ["groups", "patch"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  dialects: BOTH_DIALECTS,
  why: "Entra does not expand nested groups; one whose own group is provisioned too arrives as an ordinary member. Support is optional, so this warns.",
  fix: "Accept the id of a group as a member, or tell people to assign no nested groups.",
  defects: ["nested-groups-refused"],
  async run({ scim, expect, dialect }) {
    const { id: inner } = await scim.givenGroup()
    const { id: outer } = await scim.givenGroup()
    const warning = { code: "nested-groups", severity: "warning" } as const
    const read = await patchAndRead({ scim, expect }, `/Groups/${outer}`, addMembers(dialect, [inner]), warning)
    if (read === undefined || memberIds(read).includes(inner)) return
    const code = await causeOfLoss({ scim }, `/Groups/${outer}`, warning.code)
    expectMembers(expect, read, [inner], { ...warning, code })
  },
})

export const deleteGroup = check({
  id: "entra-delete-group",
  title: "A group that is deleted is gone, and deleting it again does no harm",
  suite: "entra",
  requirement: { source: "entra", ref: "Microsoft Entra ID: delete group", level: "entra" },
  facts: ["WIRE-175", "WIRE-178", "WIRE-205"],
  needs: ["groups", "filter"],
  clients: ["entra", "entra-optscim"],
  confidence: "documented",
  why: "Groups have no soft delete: one that leaves the scope is deleted, and created anew when it comes back.",
  fix: "Remove the group, answer 204, and 404 from then on.",
  defects: ["deleted-group-readable"],
  async run({ scim, people, expect }) {
    const displayName = people.unique("group")
    const { id } = await scim.givenGroup({ displayName })
    if (!(await deleteAt({ scim, expect }, `/Groups/${id}`))) return
    expectGone(expect, await scim.get(`/Groups/${id}`))
    const found = await search({ scim, expect }, "/Groups", `displayName eq "${displayName}"`)
    expectCount(expect, found, 0, { more: "deleted-still-there" })
    expect(await scim.delete(`/Groups/${id}`)).toHaveStatus([404, 204], { code: "unknown-id" })
  },
})
