/** Table 16.2 of the engine's facts, rows 29 to 40: groups, memberships and roles; what the next cycle sends, and how it is logged. */
import { describe, expect, it } from "vitest"
import { defaultMappings } from "../../mapping/defaults.ts"
import type { ProvisioningMappings } from "../../mapping/model.ts"
import {
  search,
  searchGroup,
  post,
  postGroup,
  patch,
  readGroup,
  deactivate,
  activate,
  addMember,
  removeMember,
  linkedGroup,
  nextCycle,
  withUserMapping,
} from "../next-cycle.fixture.ts"
import { createWorld, person, type World, type WorldOptions } from "../job.fixture.ts"

const withoutGroups: ProvisioningMappings = {
  ...defaultMappings(),
  group: { ...defaultMappings().group, enabled: false },
}

describe("groups and memberships", () => {
  it("row 29 ENG-CYCLE-04 a group assigned: its users, the group without members, then one member at a time", async () => {
    const world = createWorld()
    await world.job.start()
    const user = person(world, "ada")
    const other = person(world, "bob")
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
    const cleo = person(world, "cleo")
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
    const cleo = person(world, "cleo")
    world.tenant.addMember(nested, cleo)
    expect(await nextCycle(world)).toEqual({
      sent: [],
      log: ["Cleo create/skipped NotEffectivelyEntitled", "Nested create/skipped NotEffectivelyEntitled"],
    })
  })

  it("row 34 and 35 ENG-REF-04 a member out of scope: the group without it, also later; a restart adds it", async () => {
    const world = await linkedGroup()
    const cleo = world.tenant.disable(person(world, "cleo"))
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
    const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [person(world, "ada")] })
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

  /** The PATCH of the cycle in which Ada, a Picker, becomes a Sorter. */
  async function roleChange(options: WorldOptions): Promise<World & { sent: string[]; log: string[]; id: string }> {
    const world = createWorld({ mappings: withRoles, roles: ["Picker", "Sorter"], ...options })
    const user = person(world, "ada")
    world.application.assignRole("Picker", user)
    await world.job.start()
    expect(world.target.take().at(-1)).toContain('"roles":[{"primary":true,"value":"Picker"}]')
    world.application.unassign(user)
    world.application.assignRole("Sorter", user)
    const id = world.application.roles.find(({ displayName }) => displayName === "Sorter")?.id ?? ""
    return { ...world, ...(await nextCycle(world)), id }
  }

  it("row 40 ENG-SCOPE-14 FN-SINGLEAPPROLEASSIGNMENT-3 the role of a person changed, role mapped: added as JSON text", async () => {
    const { sent, log, id } = await roleChange({})
    const role = JSON.stringify({ id, value: "Sorter", displayName: "Sorter" })
    expect(sent).toEqual([
      "GET /Users/u1",
      patch("/Users/u1", JSON.stringify({ op: "Add", path: "roles", value: [{ value: role }] })),
    ])
    expect(log).toEqual(["Ada update/success"])
  })

  it.each(["name", "text"])(
    "FN-SINGLEAPPROLEASSIGNMENT-3 a role that the target shows, by %s, is not added again",
    async (form) => {
      const world = await roleChange({})
      const role = JSON.stringify({ id: world.id, value: "Sorter", displayName: "Sorter" })
      const resource = world.target.resources.get("u1")
      if (resource === undefined) throw new Error("she was created")
      resource["roles"] = [{ primary: true, value: "Picker" }, { value: form === "name" ? "Sorter" : role }]
      const [user] = world.tenant.users()
      if (user !== undefined) world.tenant.update(user, { jobTitle: "Lead" })
      expect((await nextCycle(world)).sent.join()).not.toContain("roles")
    },
  )

  it("row 40 WIRE-138 WIRE-142 FN-SINGLEAPPROLEASSIGNMENT-3 with the flag at the mapping's own path; so by switch without it", async () => {
    const path = String.raw`"path":"roles[primary eq \"True\"].value","value":"Sorter"}`
    expect((await roleChange({ dialect: "entra-optscim" })).sent[1]).toBe(patch("/Users/u1", `{"op":"replace",${path}`))
    expect((await roleChange({ settings: { wire: { singleRolePatch: "path" } } })).sent[1]).toBe(
      patch("/Users/u1", `{"op":"Replace",${path}`),
    )
  })

  it("FN-SINGLEAPPROLEASSIGNMENT-2 WIRE-138 value, display and type make one role of a create, primary a boolean", async () => {
    const row = withRoles.user.attributes.at(-1)
    if (row === undefined) throw new Error("the role is mapped")
    const display = { ...row, target: 'roles[primary eq "True"].display' }
    const type = { ...row, target: 'roles[primary eq "True"].type', source: '"WindowsAzureActiveDirectoryRole"' }
    const mappings = withUserMapping((mapping) => ({
      ...mapping,
      attributes: [...mapping.attributes, row, display, type],
    }))
    const world = createWorld({ mappings, roles: ["Picker", "Sorter"] })
    world.application.assignRole("Picker", person(world, "ada"))
    await world.job.start()
    expect(world.target.resources.get("u1")?.["roles"]).toEqual([
      { display: "Picker", primary: true, type: "WindowsAzureActiveDirectoryRole", value: "Picker" },
    ])
    // Changed, the three of them make one operation.
    const [user] = world.tenant.users()
    if (user === undefined) throw new Error("Ada is there")
    world.application.unassign(user)
    world.application.assignRole("Sorter", user)
    const changed = (await nextCycle(world)).sent.at(-1) ?? ""
    expect(changed.match(/"path":"roles"/g)).toHaveLength(1)
    expect(changed).not.toContain("primary eq")
  })
})
