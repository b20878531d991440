/** Provision on demand: whom it refuses, how often it may be called, and how it goes beside the cycles (ENG-POD-02 to -04, -08). */
import { describe, expect, it } from "vitest"
import type { User } from "../directory/model.ts"
import { problem, respond } from "./fake-target.fixture.ts"
import { createWorld, person, type World, worldWithAda } from "./job.fixture.ts"

describe("limits", () => {
  it("ENG-POD-02 more than five members are refused, and nothing is sent", async () => {
    const world = createWorld()
    const members = ["a", "b", "c", "d", "e", "f"].map((name) => person(world, name))
    const group = world.tenant.createGroup({ displayName: "Pickers" })
    const call = world.job.provisionOnDemand({ group, members })
    await expect(call).rejects.toMatchObject({ name: "JobError", code: "BadRequest" })
    expect(world.target.requests).toEqual([])
  })

  it("ENG-POD-02 GRAPH-615 five calls in ten seconds of the clock", async () => {
    const world = worldWithAda()
    for (let call = 1; call <= 5; call += 1) {
      await world.job.provisionOnDemand(world.user)
      await world.clock.advance({ seconds: 1 })
    }
    await expect(world.job.provisionOnDemand(world.user)).rejects.toMatchObject({ code: "TooManyRequests" })
    await world.clock.advance({ seconds: 5 })
    expect((await world.job.provisionOnDemand(world.user)).result).toBe("Skipped")
  })

  it.each([
    ["disabled", (world: World & { user: User }) => world.tenant.disable(world.user)],
    ["deleted", (world: World & { user: User }) => world.tenant.softDelete(world.user)],
  ])("ENG-POD-04 ENG-DEPROV-15 nobody who is %s", async (state, act) => {
    const world = worldWithAda()
    await world.job.start()
    act(world)
    world.target.take()
    const call = world.job.provisionOnDemand(world.user)
    await expect(call).rejects.toThrow(`is ${state}, so it can't be provisioned on demand`)
    expect(world.target.take()).toEqual([])
  })

  it("ENG-POD-04 nobody who does not exist", async () => {
    const world = worldWithAda()
    world.tenant.softDelete(world.user)
    world.tenant.purge(world.user)
    await expect(world.job.provisionOnDemand(world.user)).rejects.toThrow(/There is no user/)
  })
})

describe("beside the cycles", () => {
  it("ENG-POD-08 the watermark stays: the next cycle looks at the same change again and finds nothing to do", async () => {
    const world = worldWithAda()
    await world.job.start()
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.job.provisionOnDemand(world.user)
    world.target.take()
    await world.clock.advance({ minutes: 40 })
    expect(world.target.take()).toEqual(["GET /Users/u1"])
    const [last] = world.job.log().slice(-1)
    expect(last?.provisioningSteps.at(-1)?.details).toMatchObject({ SkipReason: "RedundantExport" })
  })

  it("ENG-POD-03 works while the job is paused, and writes the link and the log", async () => {
    const world = worldWithAda()
    await world.job.start()
    world.job.pause()
    world.job.removeLink("User", world.user.id)
    const entries = world.job.log().length
    await world.job.provisionOnDemand(world.user)
    expect(world.job.link("User", world.user.id)).toMatchObject({ targetId: "u1", state: "active" })
    expect(world.job.log()).toHaveLength(entries + 1)
    expect(world.job.cycles()).toHaveLength(1)
  })

  it("ENG-POD-03 calls at the same time follow each other, and one that meets a running cycle waits for it", async () => {
    const world = worldWithAda()
    const results = await Promise.all([
      world.job.provisionOnDemand(world.user),
      world.job.provisionOnDemand(world.user),
      world.job.start().then(() => world.job.provisionOnDemand(world.user)),
    ])
    expect(results.map(({ result }) => result)).toEqual(["Success", "Skipped", "Skipped"])
    expect(world.target.take().filter((line) => line.startsWith("POST"))).toHaveLength(1)
  })

  it("ENG-POD-03 never runs beside a cycle: one that falls due meanwhile follows", async () => {
    const world = worldWithAda()
    await world.job.start()
    const bob = person(world, "bob")
    world.application.assign(bob)
    await world.clock.advance({ minutes: 39 })
    let refusals = 2
    world.target.intercept = (request) =>
      request.method === "POST" && refusals-- > 0 ? respond(429, problem(429), { "retry-after": ["60"] }) : undefined
    const result = await world.clock.settle(world.job.provisionOnDemand(bob))
    expect(result.result).toBe("Success")
    await world.clock.advance({ minutes: 1 })
    expect(world.target.take().filter((line) => line.startsWith("POST /Users"))).toHaveLength(1 + 3)
    expect(world.job.cycles()).toHaveLength(2)
    expect([...world.target.resources.keys()]).toEqual(["u1", "u2"])
  })
})
