/** Table 16.2 of the engine's facts, rows 7 to 14: people in scope change; what the next cycle sends, and how it is logged. */
import { describe, expect, it } from "vitest"
import { search, post, patch, setManager, linkedAda, nextCycle, MANAGER } from "../next-cycle.fixture.ts"
import { createWorld, person } from "../job.fixture.ts"
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

  it("row 8 ENG-DELTA-03 by switch it is imported as noise and ends in RedundantExport", async () => {
    const world = await linkedAda({ untrackedChanges: "imported" })
    world.tenant.update(world.user, { companyName: "Orchard" })
    expect(await nextCycle(world)).toEqual({ sent: ["GET /Users/u1"], log: ["Ada other/skipped RedundantExport"] })
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
    const manager = person(world, "bob")
    world.application.assign(manager)
    await nextCycle(world)
    world.tenant.setManager(world.user, manager)
    expect(await nextCycle(world)).toEqual({
      sent: ["GET /Users/u1", setManager("Add", "u2")],
      log: ["Ada update/success"],
    })
    const next = person(world, "cleo")
    world.application.assign(next)
    world.tenant.setManager(world.user, next)
    expect(await nextCycle(world)).toEqual({
      sent: [search("cleo"), post("cleo", "Cleo"), "GET /Users/u1", setManager("Replace", "u3")],
      log: ["Cleo create/success", "Ada update/success"],
    })
  })

  it("row 12 and 14 ENG-REF-03 a manager out of scope: nothing, also when it enters scope later; a restart sends it", async () => {
    const world = await linkedAda()
    const manager = person(world, "bob")
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
    const manager = person(world, "bob")
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
    const manager = person(world, "bob")
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
    const manager = person(world, "bob")
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
