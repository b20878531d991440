/** Table 16.2 of the engine's facts, row by row: an event in the directory (or the target), what the next cycle sends, and how it is logged. */
import { describe, expect, it } from "vitest"
import type { Group, User } from "../directory/model.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import type { ObjectMapping, ProvisioningMappings } from "../mapping/model.ts"
import { createWorld, type World } from "./job.fixture.ts"
import type { GivenSettings } from "./settings.ts"

const CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
const MANAGER = `${ENTERPRISE}:manager`

const search = (name: string): string => `GET /Users?filter=userName+eq+%22${name}%40orchard.example%22`
const searchGroup = (name: string): string =>
  `GET /Groups?excludedAttributes=members&filter=displayName+eq+%22${name}%22`
const post = (name: string, displayName: string): string =>
  `POST /Users {"schemas":["${CORE}","${ENTERPRISE}"],"externalId":"${name}","userName":"${name}@orchard.example","active":true,"displayName":"${displayName}","meta":{"resourceType":"User"}}`
const postGroup = (group: Group): string =>
  `POST /Groups {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"externalId":"${group.id}","displayName":"${group.displayName}","meta":{"resourceType":"Group"}}`
const patch = (path: string, operations: string): string =>
  `PATCH ${path} {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[${operations}]}`
const readGroup = "GET /Groups/g1?excludedAttributes=members"
const deactivate = '{"op":"Replace","path":"active","value":"False"}'
const activate = '{"op":"Replace","path":"active","value":"True"}'
const addMember = (id: string): string =>
  patch("/Groups/g1", `{"op":"Add","path":"members","value":[{"value":"${id}"}]}`)
const removeMember = (id: string): string =>
  patch("/Groups/g1", `{"op":"Remove","path":"members","value":[{"value":"${id}"}]}`)
const setManager = (op: "Add" | "Replace", id: string): string =>
  patch("/Users/u1", `{"op":"${op}","path":"${MANAGER}","value":"${id}"}`)

const ada = (world: World): User =>
  world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
const bob = (world: World): User =>
  world.tenant.createUser({ userPrincipalName: "bob@orchard.example", displayName: "Bob" })

/** Ada is assigned and provisioned as u1. */
async function linkedAda(
  settings: GivenSettings = {},
  mappings?: ProvisioningMappings,
): Promise<World & { user: User }> {
  const world = createWorld({ settings, ...(mappings !== undefined && { mappings }) })
  const user = ada(world)
  world.application.assign(user)
  await world.job.start()
  world.target.take()
  return { ...world, user }
}

/** The group Pickers is assigned, with Ada (u1) and Bob (u2) in it; both are provisioned through it, the group as g1. */
async function linkedGroup(): Promise<World & { user: User; other: User; group: Group }> {
  const world = createWorld()
  const user = ada(world)
  const other = bob(world)
  const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [user, other] })
  world.application.assign(group)
  await world.job.start()
  world.target.take()
  return { ...world, user, other, group }
}

/** The requests of the next cycle, and its log: name, action/status, and why nothing was sent or what failed. */
async function nextCycle({ clock, target, job }: World): Promise<{ sent: string[]; log: string[] }> {
  await clock.advance({ minutes: 40 })
  return { sent: target.take(), log: logOfLastCycle(job) }
}

function logOfLastCycle(job: World["job"]): string[] {
  const cycleId = job.cycles().at(-1)?.id ?? ""
  return job.log({ cycleId }).map((entry) => {
    const reason = entry.provisioningSteps.map(({ details }) => details["SkipReason"]).find((one) => one !== undefined)
    const code = entry.provisioningStatusInfo.errorInformation?.errorCode
    const status = `${entry.provisioningAction}/${entry.provisioningStatusInfo.status}`
    return [entry.sourceIdentity.displayName, status, reason ?? code].filter((part) => part !== undefined).join(" ")
  })
}

function withUserMapping(change: (mapping: ObjectMapping) => ObjectMapping): ProvisioningMappings {
  const mappings = defaultMappings()
  return { ...mappings, user: change(mappings.user) }
}

const withoutDelete = withUserMapping((mapping) => ({ ...mapping, actions: ["Add", "Update"] }))
const withoutSoftDelete = withUserMapping((mapping) => ({
  ...mapping,
  attributes: mapping.attributes.filter(({ target }) => target !== "active"),
}))
const pickersOnly = withUserMapping((mapping) => ({
  ...mapping,
  scope: [{ name: "pickers", clauses: [{ attribute: "department", operator: "EQUALS", values: ["Pickers"] }] }],
}))
const withoutGroups: ProvisioningMappings = {
  ...defaultMappings(),
  group: { ...defaultMappings().group, enabled: false },
}

describe("users entering scope", () => {
  it("row 1 ENG-DELTA-04 created and not assigned: nothing, logged as not entitled", async () => {
    const world = await linkedAda()
    bob(world)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Bob create/skipped NotEffectivelyEntitled"] })
  })

  it("row 2 ENG-CYCLE-02 ENG-REF-02 assigned, no match: search, create, then the manager", async () => {
    const world = await linkedAda()
    const user = bob(world)
    world.tenant.setManager(user, world.user)
    world.application.assign(user)
    expect(await nextCycle(world)).toEqual({
      sent: [search("bob"), post("bob", "Bob"), patch("/Users/u2", `{"op":"Add","path":"${MANAGER}","value":"u1"}`)],
      log: ["Bob create/success", "Bob update/success"],
    })
  })

  it("row 3 ENG-MATCH-04 assigned, one match: patched where it differs, and linked", async () => {
    const world = await linkedAda()
    world.target.resources.set("u9", { id: "u9", userName: "bob@orchard.example", active: true, displayName: "Robert" })
    const user = bob(world)
    world.application.assign(user)
    expect(await nextCycle(world)).toEqual({
      sent: [
        search("bob"),
        patch(
          "/Users/u9",
          '{"op":"Replace","path":"displayName","value":"Bob"},{"op":"Add","path":"externalId","value":"bob"}',
        ),
      ],
      log: ["Bob update/success"],
    })
    expect(world.job.link("User", user.id)?.targetId).toBe("u9")
  })

  it("row 3 ENG-MATCH-04 assigned, one match that holds everything: linked, nothing sent", async () => {
    const world = await linkedAda()
    world.target.resources.set("u9", {
      id: "u9",
      userName: "bob@orchard.example",
      active: true,
      displayName: "Bob",
      externalId: "bob",
    })
    world.application.assign(bob(world))
    expect(await nextCycle(world)).toEqual({ sent: [search("bob")], log: ["Bob other/skipped RedundantExport"] })
  })

  it("row 4 ENG-MATCH-04 assigned, several matches: nothing is written", async () => {
    const world = await linkedAda()
    for (const id of ["u8", "u9"]) world.target.resources.set(id, { id, userName: "bob@orchard.example" })
    world.application.assign(bob(world))
    expect(await nextCycle(world)).toEqual({
      sent: [search("bob")],
      log: ["Bob create/failure DuplicateTargetEntries"],
    })
  })

  it("row 5 and 6 ENG-SCOPE-08 a disabled person is created only once enabled", async () => {
    const world = await linkedAda()
    const user = world.tenant.disable(bob(world))
    world.application.assign(user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Bob create/skipped NotEffectivelyEntitled"] })
    world.tenant.enable(user)
    expect(await nextCycle(world)).toEqual({ sent: [search("bob"), post("bob", "Bob")], log: ["Bob create/success"] })
  })
})

describe("changes of linked users", () => {
  it("row 7 ENG-MATCH-12 a mapped attribute: read, then the difference", async () => {
    const world = await linkedAda()
    world.tenant.update(world.user, { jobTitle: "Picker", displayName: "Ada L" })
    expect(await nextCycle(world)).toEqual({
      sent: [
        "GET /Users/u1",
        patch(
          "/Users/u1",
          '{"op":"Replace","path":"displayName","value":"Ada L"},{"op":"Add","path":"title","value":"Picker"}',
        ),
      ],
      log: ["Ada L update/success"],
    })
  })

  it("row 8 ENG-DELTA-03 an unmapped attribute: nothing, not even an entry", async () => {
    const world = await linkedAda()
    world.tenant.update(world.user, { companyName: "Orchard" })
    expect(await nextCycle(world)).toEqual({ sent: [], log: [] })
  })

  it("row 9 ENG-MAP-05 a cleared attribute: the old value stays", async () => {
    const world = createWorld()
    const user = world.tenant.createUser({
      userPrincipalName: "ada@orchard.example",
      displayName: "Ada",
      jobTitle: "Picker",
    })
    world.application.assign(user)
    await world.job.start()
    world.target.take()
    world.tenant.update(user, { jobTitle: null })
    expect(await nextCycle(world)).toEqual({ sent: ["GET /Users/u1"], log: ["Ada other/skipped RedundantExport"] })
  })

  it("row 10 ENG-MATCH-13 the matching attribute renamed: by id, without a search", async () => {
    const world = await linkedAda()
    world.tenant.update(world.user, { userPrincipalName: "countess@orchard.example" })
    expect(await nextCycle(world)).toEqual({
      sent: [
        "GET /Users/u1",
        patch("/Users/u1", '{"op":"Replace","path":"userName","value":"countess@orchard.example"}'),
      ],
      log: ["Ada update/success"],
    })
  })

  it("row 11 ENG-REF-01 the manager: a PATCH of its own, Add first, Replace when changed", async () => {
    const world = await linkedAda()
    const manager = bob(world)
    world.application.assign(manager)
    await nextCycle(world)
    world.tenant.setManager(world.user, manager)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", setManager("Add", "u2")],
      log: ["Ada update/success"],
    })
    const next = world.tenant.createUser({ userPrincipalName: "cleo@orchard.example", displayName: "Cleo" })
    world.application.assign(next)
    world.tenant.setManager(world.user, next)
    expect(await nextCycle(world)).toEqual({
      sent: [search("cleo"), post("cleo", "Cleo"), "GET /Users/u1", setManager("Replace", "u3")],
      log: ["Cleo create/success", "Ada update/success"],
    })
  })

  it("row 12 and 14 ENG-REF-03 a manager out of scope: nothing, also when it enters scope later; a restart sends it", async () => {
    const world = await linkedAda()
    const manager = bob(world)
    world.tenant.setManager(world.user, manager)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1"],
      log: ["Bob create/skipped NotEffectivelyEntitled", "Ada other/skipped"],
    })
    world.application.assign(manager)
    expect(await nextCycle(world)).toEqual({ sent: [search("bob"), post("bob", "Bob")], log: ["Bob create/success"] })
    await world.job.restart()
    expect(world.target.take()).toEqual(["GET /Users/u1", "GET /Users/u2", setManager("Add", "u2")])
  })

  it("ENG-REF-05 an unresolved manager is not tried again because something else changed", async () => {
    const world = await linkedAda()
    const manager = bob(world)
    world.tenant.setManager(world.user, manager)
    await nextCycle(world)
    world.application.assign(manager)
    await nextCycle(world)
    world.tenant.update(world.user, { jobTitle: "Picker" })
    expect((await nextCycle(world)).sent).toEqual([
      "GET /Users/u1",
      patch("/Users/u1", '{"op":"Add","path":"title","value":"Picker"}'),
    ])
  })

  it("row 13 RES-01 the manager removed: an empty text for SCIM", async () => {
    const world = await linkedAda()
    const manager = bob(world)
    world.application.assign(manager)
    world.tenant.setManager(world.user, manager)
    await nextCycle(world)
    world.tenant.setManager(world.user, null)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", `{"op":"Replace","path":"${MANAGER}","value":""}`)],
      log: ["Ada update/success"],
    })
  })

  it("row 13 ENG-REF-06 RES-01 by switch the manager removed sends nothing", async () => {
    const world = await linkedAda({ wire: { managerRemoval: "none" } })
    const manager = bob(world)
    world.application.assign(manager)
    world.tenant.setManager(world.user, manager)
    await nextCycle(world)
    world.tenant.setManager(world.user, null)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1"],
      log: ["Ada other/skipped RedundantExport"],
    })
  })
})

describe("users leaving scope", () => {
  it("row 15 and 16 ENG-DEPROV-01 ENG-DEPROV-09 RES-15 unassigned: disabled; assigned again: enabled by id", async () => {
    const world = await linkedAda()
    world.application.unassign(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", deactivate)],
      log: ["Ada disable/success"],
    })
    world.tenant.update(world.user, { jobTitle: "Picker" })
    world.application.assign(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", `${activate},{"op":"Add","path":"title","value":"Picker"}`)],
      log: ["Ada update/success"],
    })
  })

  it("row 17 and 18 ENG-DEPROV-01 blocked: disabled; enabled again: active", async () => {
    const world = await linkedAda()
    world.tenant.disable(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", deactivate)],
      log: ["Ada disable/success"],
    })
    world.tenant.enable(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", activate)],
      log: ["Ada update/success"],
    })
  })

  it("row 19 and 20 ENG-DEPROV-03 ENG-DEPROV-08 RES-11 deleted: disabled under its old name; restored: active, no membership", async () => {
    const world = await linkedGroup()
    world.tenant.softDelete(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", deactivate)],
      log: ["Ada disable/success"],
    })
    world.tenant.restore(world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", activate)],
      log: ["Ada update/success"],
    })
  })

  it("ENG-DEPROV-16 by switch the mangled name goes out with the disable", async () => {
    const world = await linkedAda({ flowMangledUpn: true })
    world.tenant.softDelete(world.user)
    const mangled = `${world.user.id.replaceAll("-", "")}ada@orchard.example`
    expect((await nextCycle(world)).sent).toEqual([
      "GET /Users/u1",
      patch("/Users/u1", `{"op":"Replace","path":"userName","value":"${mangled}"},${deactivate}`),
    ])
  })

  it("row 21 ENG-DEPROV-03 purged by hand, or by itself after 30 days: deleted", async () => {
    const world = await linkedAda()
    world.tenant.softDelete(world.user)
    await nextCycle(world)
    world.tenant.purge(world.user)
    expect(await nextCycle(world)).toEqual({ sent: ["DELETE /Users/u1"], log: ["Ada delete/success"] })
    expect(world.job.link("User", world.user.id)).toBeNull()
  })

  it("row 21 ENG-DEPROV-03 30 days in the recycle bin", async () => {
    const world = await linkedAda()
    world.tenant.softDelete(world.user)
    await world.clock.advance({ days: 29 })
    expect(world.target.take()).toEqual(["GET /Users/u1", patch("/Users/u1", deactivate)])
    await world.clock.advance({ days: 2 })
    expect(world.target.take()).toEqual(["DELETE /Users/u1"])
  })

  it("row 22 ENG-DEPROV-07 unassigned long ago, then deleted: nothing", async () => {
    const world = await linkedAda()
    world.application.unassign(world.user)
    await nextCycle(world)
    world.tenant.softDelete(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada other/skipped NotEffectivelyEntitled"] })
    world.tenant.purge(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada delete/skipped NotEffectivelyEntitled"] })
  })

  it("row 23 and 24 ENG-DEPROV-01 ENG-FILTER-06 failing a scoping filter: disabled; passing again: active", async () => {
    const world = createWorld({ mappings: pickersOnly })
    const user = world.tenant.createUser({
      userPrincipalName: "ada@orchard.example",
      displayName: "Ada",
      department: "Pickers",
    })
    world.application.assign(user)
    await world.job.start()
    world.target.take()
    world.tenant.update(user, { department: "Sorters" })
    expect(await nextCycle(world)).toEqual({
      sent: [
        "GET /Users/u1",
        patch("/Users/u1", `${deactivate},{"op":"Replace","path":"${ENTERPRISE}:department","value":"Sorters"}`),
      ],
      log: ["Ada disable/success"],
    })
    world.tenant.update(user, { department: "Pickers" })
    expect(await nextCycle(world)).toEqual({
      sent: [
        "GET /Users/u1",
        patch("/Users/u1", `${activate},{"op":"Replace","path":"${ENTERPRISE}:department","value":"Pickers"}`),
      ],
      log: ["Ada update/success"],
    })
  })

  it("row 25 ENG-DEPROV-10 RES-08 with SkipOutOfScopeDeletions nobody is disabled", async () => {
    const world = await linkedAda({ skipOutOfScopeDeletions: true })
    world.tenant.disable(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada other/skipped SkipOutOfScopeDeletions"] })
    world.application.unassign(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada other/skipped SkipOutOfScopeDeletions"] })
  })

  it("row 25 RES-08 with SkipOutOfScopeDeletions a hard delete of a managed person is sent", async () => {
    const world = await linkedAda({ skipOutOfScopeDeletions: true })
    world.tenant.softDelete(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada other/skipped SkipOutOfScopeDeletions"] })
    world.tenant.purge(world.user)
    expect(await nextCycle(world)).toEqual({ sent: ["DELETE /Users/u1"], log: ["Ada delete/success"] })
  })

  it("row 26 ENG-DEPROV-05 without a mapping of IsSoftDeleted nobody is disabled", async () => {
    const world = await linkedAda({}, withoutSoftDelete)
    world.tenant.disable(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada other/skipped SoftDeleteNotMapped"] })
  })

  it("row 27 ENG-DEPROV-04 a target without soft delete gets a DELETE", async () => {
    const world = await linkedAda({ supportsSoftDelete: false })
    world.tenant.disable(world.user)
    expect(await nextCycle(world)).toEqual({ sent: ["DELETE /Users/u1"], log: ["Ada delete/success"] })
  })

  it("row 28 ENG-DEPROV-06 with Delete unticked a purge sends nothing", async () => {
    const world = await linkedAda({}, withoutDelete)
    world.tenant.softDelete(world.user)
    await nextCycle(world)
    world.tenant.purge(world.user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada delete/skipped ActionNotAllowed"] })
  })
})

describe("groups and memberships", () => {
  it("row 29 ENG-CYCLE-04 a group assigned: its users, the group without members, then one member at a time", async () => {
    const world = createWorld()
    await world.job.start()
    const user = ada(world)
    const other = bob(world)
    const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [user, other] })
    world.application.assign(group)
    expect(await nextCycle(world)).toEqual({
      sent: [
        search("ada"),
        post("ada", "Ada"),
        search("bob"),
        post("bob", "Bob"),
        searchGroup("Pickers"),
        postGroup(group),
        addMember("u1"),
        addMember("u2"),
      ],
      log: ["Ada create/success", "Bob create/success", "Pickers create/success", "Pickers update/success"],
    })
  })

  it("row 30 ENG-REF-01 a member added: created, then added to the group", async () => {
    const world = await linkedGroup()
    const cleo = world.tenant.createUser({ userPrincipalName: "cleo@orchard.example", displayName: "Cleo" })
    world.tenant.addMember(world.group, cleo)
    expect(await nextCycle(world)).toEqual({
      sent: [search("cleo"), post("cleo", "Cleo"), readGroup, addMember("u3")],
      log: ["Cleo create/success", "Pickers update/success"],
    })
  })

  it("row 31 ENG-DEPROV-11 a member removed without other entitlement: disabled, then removed from the group", async () => {
    const world = await linkedGroup()
    world.tenant.removeMember(world.group, world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", patch("/Users/u1", deactivate), readGroup, removeMember("u1")],
      log: ["Ada disable/success", "Pickers update/success"],
    })
  })

  it("row 32 ENG-SCOPE-02 a member removed who is entitled otherwise: removed from the group only", async () => {
    const world = await linkedGroup()
    world.application.assign(world.user)
    await nextCycle(world)
    world.tenant.removeMember(world.group, world.user)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", readGroup, removeMember("u1")],
      log: ["Ada other/skipped RedundantExport", "Pickers update/success"],
    })
  })

  it("row 33 ENG-SCOPE-02 a member of a nested group: nothing", async () => {
    const world = await linkedGroup()
    const nested = world.tenant.createGroup({ displayName: "Nested" })
    world.tenant.addMember(world.group, nested)
    await nextCycle(world)
    const cleo = world.tenant.createUser({ userPrincipalName: "cleo@orchard.example", displayName: "Cleo" })
    world.tenant.addMember(nested, cleo)
    expect(await nextCycle(world)).toEqual({
      sent: [],
      log: ["Cleo create/skipped NotEffectivelyEntitled", "Nested create/skipped NotEffectivelyEntitled"],
    })
  })

  it("row 34 and 35 ENG-REF-04 a member out of scope: the group without it, also later; a restart adds it", async () => {
    const world = await linkedGroup()
    const cleo = world.tenant.disable(
      world.tenant.createUser({ userPrincipalName: "cleo@orchard.example", displayName: "Cleo" }),
    )
    world.tenant.addMember(world.group, cleo)
    expect(await nextCycle(world)).toEqual({
      sent: [readGroup],
      log: ["Cleo create/skipped NotEffectivelyEntitled", "Pickers other/skipped"],
    })
    world.tenant.enable(cleo)
    expect(await nextCycle(world)).toEqual({
      sent: [search("cleo"), post("cleo", "Cleo")],
      log: ["Cleo create/success"],
    })
    await world.job.restart()
    expect(world.target.take().filter((line) => line.startsWith("PATCH"))).toEqual([
      addMember("u1"),
      addMember("u2"),
      addMember("u3"),
    ])
  })

  it("row 36 ENG-MATCH-13 a group renamed: by id", async () => {
    const world = await linkedGroup()
    world.tenant.renameGroup(world.group, "Fruit pickers")
    expect(await nextCycle(world)).toEqual({
      sent: [readGroup, patch("/Groups/g1", '{"op":"Replace","path":"displayName","value":"Fruit pickers"}')],
      log: ["Fruit pickers update/success"],
    })
  })

  it("row 37 ENG-DEPROV-11 WIRE-178 a group unassigned: its users disabled, the group deleted; assigned again: a new one", async () => {
    const world = await linkedGroup()
    world.application.unassign(world.group)
    expect(await nextCycle(world)).toEqual({
      sent: [
        "GET /Users/u1",
        patch("/Users/u1", deactivate),
        "GET /Users/u2",
        patch("/Users/u2", deactivate),
        "DELETE /Groups/g1",
      ],
      log: ["Ada disable/success", "Bob disable/success", "Pickers delete/success"],
    })
    world.application.assign(world.group)
    expect((await nextCycle(world)).sent).toEqual([
      "GET /Users/u1",
      patch("/Users/u1", activate),
      "GET /Users/u2",
      patch("/Users/u2", activate),
      searchGroup("Pickers"),
      postGroup(world.group),
      addMember("u1").replace("g1", "g2"),
      addMember("u2").replace("g1", "g2"),
    ])
  })

  it("row 38 ENG-DEPROV-04 a group deleted: its users disabled, the group deleted", async () => {
    const world = await linkedGroup()
    world.tenant.deleteGroup(world.group)
    expect(await nextCycle(world)).toEqual({
      sent: [
        "GET /Users/u1",
        patch("/Users/u1", deactivate),
        "GET /Users/u2",
        patch("/Users/u2", deactivate),
        "DELETE /Groups/g1",
      ],
      log: ["Ada disable/success", "Bob disable/success", "Pickers delete/success"],
    })
  })

  it("row 39 ENG-SCOPE-05 with the group mapping off only the users go out, and no group is probed", async () => {
    const world = createWorld({ mappings: withoutGroups })
    const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [ada(world)] })
    world.application.assign(group)
    await world.job.start()
    expect(world.target.take()).toEqual([search("ada"), post("ada", "Ada")])
    expect(world.target.requests.filter(({ url }) => url.includes("/Groups"))).toEqual([])
  })
})

describe("app roles", () => {
  const withRoles = withUserMapping((mapping) => ({
    ...mapping,
    attributes: [
      ...mapping.attributes,
      {
        target: 'roles[primary eq "True"].value',
        targetType: "String",
        multiValued: false,
        source: "SingleAppRoleAssignment([appRoleAssignments])",
        defaultValue: null,
        flowType: "Always",
        flowBehavior: "FlowWhenChanged",
        matchingPriority: 0,
      },
    ],
  }))

  it("row 40 ENG-SCOPE-14 WIRE-138 the role of a person changed, role mapped: PATCH roles", async () => {
    const world = createWorld({ mappings: withRoles, roles: ["Picker", "Sorter"] })
    const user = ada(world)
    world.application.assignRole("Picker", user)
    await world.job.start()
    expect(world.target.take().at(-1)).toContain('"roles":[{"primary":true,"value":"Picker"}]')
    world.application.unassign(user)
    world.application.assignRole("Sorter", user)
    expect(await nextCycle(world)).toEqual({
      sent: [
        "GET /Users/u1",
        patch("/Users/u1", String.raw`{"op":"Replace","path":"roles[primary eq \"True\"].value","value":"Sorter"}`),
      ],
      log: ["Ada update/success"],
    })
  })
})

describe("events in the target", () => {
  it("row 41 ENG-MATCH-09 deleted there: found missing at the next evaluation, then created anew", async () => {
    const world = await linkedAda()
    world.target.resources.delete("u1")
    expect(await nextCycle(world)).toEqual({ sent: [], log: [] })
    world.tenant.update(world.user, { displayName: "Ada L" })
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", search("ada"), post("ada", "Ada L")],
      log: ["Ada L create/success"],
    })
    expect(world.job.link("User", world.user.id)?.targetId).toBe("u2")
  })

  it("row 41 RES-07 by switch the missing object is an InvalidAnchor until a restart", async () => {
    const world = await linkedAda({ vanishedTarget: "invalidAnchor" })
    world.target.resources.delete("u1")
    world.tenant.update(world.user, { displayName: "Ada L" })
    expect(await nextCycle(world)).toEqual({ sent: ["GET /Users/u1"], log: ["Ada L update/failure InvalidAnchor"] })
    await world.job.restart(["Full"])
    expect(world.target.take()).toEqual([search("ada"), post("ada", "Ada L")])
  })

  it("row 42 ENG-MAP-07 edited there: overwritten at the next change of the source, whatever changed", async () => {
    const world = await linkedAda()
    const resource = world.target.resources.get("u1")
    if (resource !== undefined) resource["active"] = false
    expect(await nextCycle(world)).toEqual({ sent: [], log: [] })
    world.tenant.update(world.user, { jobTitle: "Picker" })
    expect((await nextCycle(world)).sent).toEqual([
      "GET /Users/u1",
      patch("/Users/u1", `${activate},{"op":"Add","path":"title","value":"Picker"}`),
    ])
  })

  it("row 43 ENG-REF-10 ENG-REF-11 memberships edited there: never noticed; a restart adds all of them again", async () => {
    const world = await linkedGroup()
    const group = world.target.resources.get("g1")
    if (group !== undefined) group["members"] = ["u9"]
    expect(await nextCycle(world)).toEqual({ sent: [], log: [] })
    await world.job.restart()
    expect(world.target.take()).toEqual(["GET /Users/u1", "GET /Users/u2", readGroup, addMember("u1"), addMember("u2")])
    expect(world.target.resources.get("g1")?.["members"]).toEqual(["u9", "u1", "u2"])
  })
})

describe("prevention of accidental deletions", () => {
  it("row 44 ENG-DEL-03 ENG-DEL-04 ENG-DEL-05 more than the threshold: none goes out, other changes do, the job is quarantined", async () => {
    const world = createWorld({ settings: { deleteThreshold: 1 } })
    const [user, other] = [ada(world), bob(world)]
    world.application.assign(user, other)
    await world.job.start()
    world.target.take()
    world.tenant.disable(user)
    world.application.unassign(other)
    world.application.assign(
      world.tenant.createUser({ userPrincipalName: "cleo@orchard.example", displayName: "Cleo" }),
    )
    expect(await nextCycle(world)).toEqual({
      sent: [search("cleo"), post("cleo", "Cleo")],
      log: [
        "Ada stagedDelete/skipped TooManyDeletes",
        "Bob stagedDelete/skipped TooManyDeletes",
        "Cleo create/success",
      ],
    })
    expect(world.job.condition()).toMatchObject({ code: "Quarantine", quarantine: { reason: "TooManyDeletes" } })

    // ENG-DEL-06: allowed, they go out.
    await world.job.restart(["ForceDeletes"])
    expect(world.target.take()).toEqual([
      "GET /Users/u1",
      patch("/Users/u1", deactivate),
      "GET /Users/u2",
      patch("/Users/u2", deactivate),
    ])
    expect(world.job.condition()).toMatchObject({ code: "Active", quarantine: null })
  })

  it("ENG-DEL-07 undoing the cause lifts it without a deletion", async () => {
    const world = await linkedAda({ deleteThreshold: 0 })
    world.tenant.softDelete(world.user)
    expect((await nextCycle(world)).sent).toEqual([])
    expect(world.job.condition().code).toBe("Quarantine")
    world.tenant.restore(world.user)
    await world.clock.advance({ hours: 1 })
    expect(world.target.take()).toEqual(["GET /Users/u1"])
    expect(world.job.condition()).toMatchObject({ code: "Active", quarantine: null })
  })

  it("ENG-DEL-03 ENG-QUAR-07 the same deletions trip it again at the next attempt", async () => {
    const world = await linkedAda({ deleteThreshold: 0 })
    world.application.unassign(world.user)
    await world.clock.advance({ hours: 3 })
    expect(world.target.take()).toEqual([])
    expect(world.job.condition().quarantine).toMatchObject({ reason: "TooManyDeletes", seriesCount: 3 })
  })

  it("RES-16 exactly the threshold goes out; by switch it does not", async () => {
    for (const [thresholdInclusive, count] of [
      [false, 2],
      [true, 0],
    ] as const) {
      const world = await linkedAda({ deleteThreshold: 1, thresholdInclusive })
      world.tenant.disable(world.user)
      expect((await nextCycle(world)).sent).toHaveLength(count)
    }
  })

  it("ENG-DEL-02 groups to be deleted count too", async () => {
    const world = createWorld({ settings: { deleteThreshold: 0 } })
    const group = world.tenant.createGroup({ displayName: "Pickers" })
    world.application.assign(group)
    await world.job.start()
    world.target.take()
    world.application.unassign(group)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Pickers stagedDelete/skipped TooManyDeletes"] })
  })
})

describe("restarts with something not yet processed", () => {
  it("row 45 ENG-RESTART-06 restart of the portal: the person unassigned meanwhile is disabled", async () => {
    const world = await linkedAda()
    world.application.unassign(world.user)
    await world.job.restart()
    expect(world.target.take()).toEqual(["GET /Users/u1", patch("/Users/u1", deactivate)])
    expect(logOfLastCycle(world.job)).toEqual(["Ada disable/success"])
  })

  it("row 45 ENG-RESTART-06 by switch the restart leaves the person alone", async () => {
    const world = await linkedAda({ restartDisables: false })
    world.application.unassign(world.user)
    await world.job.restart()
    expect(world.target.take()).toEqual([])
  })

  it("ENG-RESTART-06 ENG-DELTA-06 a deletion that no cycle has seen is lost in a restart", async () => {
    const world = await linkedAda()
    world.tenant.softDelete(world.user)
    await world.job.restart()
    expect(world.target.take()).toEqual([])
  })

  it("row 46 ENG-RESTART-05 restart with Full: the link is gone, the account stays active", async () => {
    const world = await linkedAda()
    world.application.unassign(world.user)
    await world.job.restart(["Full"])
    expect(world.target.take()).toEqual([])
    expect(logOfLastCycle(world.job)).toEqual(["Ada create/skipped NotEffectivelyEntitled"])
  })
})
