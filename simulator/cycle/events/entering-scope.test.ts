/** Table 16.2 of the engine's facts, rows 1 to 6: people enter the scope; what the next cycle sends, and how it is logged. */
import { describe, expect, it } from "vitest"
import { search, post, patch, linkedAda, nextCycle, MANAGER } from "../next-cycle.fixture.ts"
import { person } from "../job.fixture.ts"
describe("users entering scope", () => {
  it("row 1 ENG-DELTA-04 created and not assigned: nothing, logged as not entitled", async () => {
    const world = await linkedAda()
    person(world, "bob")
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Bob create/skipped NotEffectivelyEntitled"] })
  })

  it("row 2 ENG-CYCLE-02 ENG-REF-02 assigned, no match: search, create, then the manager", async () => {
    const world = await linkedAda()
    const user = person(world, "bob")
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
    const user = person(world, "bob")
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
    world.application.assign(person(world, "bob"))
    expect(await nextCycle(world)).toEqual({ sent: [search("bob")], log: ["Bob other/skipped RedundantExport"] })
  })

  it("row 4 ENG-MATCH-04 assigned, several matches: nothing is written", async () => {
    const world = await linkedAda()
    for (const id of ["u8", "u9"]) world.target.resources.set(id, { id, userName: "bob@orchard.example" })
    world.application.assign(person(world, "bob"))
    expect(await nextCycle(world)).toEqual({
      sent: [search("bob")],
      log: ["Bob create/failure DuplicateTargetEntries"],
    })
  })

  it("row 5 and 6 ENG-SCOPE-08 a disabled person is created only once enabled", async () => {
    const world = await linkedAda()
    const user = world.tenant.disable(person(world, "bob"))
    world.application.assign(user)
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Bob create/skipped NotEffectivelyEntitled"] })
    world.tenant.enable(user)
    expect(await nextCycle(world)).toEqual({ sent: [search("bob"), post("bob", "Bob")], log: ["Bob create/success"] })
  })
})
