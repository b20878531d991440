/** Prevention of accidental deletions: what is held back, and every way on (table 16.2, row 44; ENG-DEL). */
import { describe, expect, it } from "vitest"
import { search, post, patch, deactivate, linkedAda, nextCycle } from "./next-cycle.fixture.ts"
import type { User } from "../directory/model.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import { breakNext } from "./fake-target.fixture.ts"
import { createWorld, person, type World } from "./job.fixture.ts"

describe("prevention of accidental deletions", () => {
  it("row 44 ENG-DEL-03 ENG-DEL-04 ENG-DEL-05 more than the threshold: none goes out, other changes do, the job is quarantined", async () => {
    const world = createWorld({ settings: { deleteThreshold: 1 } })
    const [user, other] = [person(world, "ada"), person(world, "bob")]
    world.application.assign(user, other)
    await world.job.start()
    world.target.take()
    world.tenant.disable(user)
    world.application.unassign(other)
    world.application.assign(person(world, "cleo"))
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

  it("ENG-DEL-02 RES-03 whoever was created with a lost answer, and left, is counted and held back too", async () => {
    const world = createWorld({ settings: { deleteThreshold: 0 } })
    const user = person(world, "ada")
    world.application.assign(user)
    breakNext(world.target, "POST", /Users/, true)
    await world.job.start()
    world.application.unassign(user)
    await world.clock.advance({ minutes: 40 })
    expect(world.target.resources.get("u1")).toMatchObject({ active: true })
    expect(world.job.condition().quarantine?.reason).toBe("TooManyDeletes")
    await world.job.restart(["ForceDeletes"])
    expect(world.target.resources.get("u1")).toMatchObject({ active: false })
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

  it.each<readonly [string, (world: World & { user: User }) => void]>([
    ["unassigned", ({ application, user }) => application.unassign(user)],
    ["blocked", ({ tenant, user }) => void tenant.disable(user)],
    ["deleted", ({ tenant, user }) => void tenant.softDelete(user)],
    ["deleted for good", ({ tenant, user }) => (void tenant.softDelete(user), tenant.purge(user))],
    ["out of the filter", ({ tenant, user }) => void tenant.update(user, { department: "Juice" })],
  ])("ENG-DEL-02 ENG-DEL-04 a person %s counts: staged, mailed and audited", async (_cause, act) => {
    const { user: mapping, group } = defaultMappings()
    const clauses = [{ attribute: "department", operator: "NOT EQUALS", values: ["Juice"] }]
    const mappings = { user: { ...mapping, scope: [{ name: "f", clauses }] }, group }
    const world = createWorld({ settings: { deleteThreshold: 0, notificationEmail: "ops@orchard.example" }, mappings })
    const user = person(world, "ada")
    world.tenant.update(user, { department: "Cider" })
    world.application.assign(user)
    await world.job.start()
    world.target.take()
    act({ ...world, user })
    expect(await nextCycle(world)).toEqual({ sent: [], log: ["Ada stagedDelete/skipped TooManyDeletes"] })
    expect(world.job.notifications()).toMatchObject([{ to: "ops@orchard.example", reason: "TooManyDeletes" }])
    expect(world.job.audit().map((entry) => entry.activityDisplayName)).toContain("Quarantine")
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
