/** Cycles over time: when they start, what they look at, and what every request of theirs has in common (ENG-CYCLE, ENG-SCOPE). */
import { describe, expect, it } from "vitest"
import { createWorld, person, worldWithAda, cycleMinutes } from "./job.fixture.ts"
import { isProbe, respond, problem } from "./fake-target.fixture.ts"
import { defaultMappings } from "../mapping/defaults.ts"

describe("cycles", () => {
  it("ENG-CYCLE-06 ENG-CYCLE-07 start every 40 minutes; the first is initial, the others incremental", async () => {
    const world = worldWithAda()
    await world.job.start()
    await world.clock.advance({ hours: 2 })
    expect(cycleMinutes(world)).toEqual([0, 40, 80, 120])
    expect(world.job.cycles().map((cycle) => cycle.kind)).toEqual([
      "initial",
      "incremental",
      "incremental",
      "incremental",
    ])
  })

  it("WIRE-060 WIRE-196 ENG-CYCLE-15 an idle cycle sends one probe for each object type, each with a fresh GUID", async () => {
    const world = worldWithAda()
    await world.job.start()
    const before = world.target.requests.length
    await world.clock.advance({ minutes: 40 })
    const idle = world.target.requests.slice(before)
    expect(idle.map(isProbe)).toEqual([true, true])
    expect(idle.map(({ url }) => url.slice(0, url.indexOf("%22")))).toEqual([
      "https://scim.test/v2/Users?filter=userName+eq+",
      "https://scim.test/v2/Groups?excludedAttributes=members&filter=displayName+eq+",
    ])
    expect(new Set(world.target.requests.filter(isProbe).map(({ url }) => url)).size).toBe(4)
  })

  it("ENG-CYCLE-15 by switch an idle cycle sends nothing at all", async () => {
    const world = worldWithAda({ settings: { probe: "whenBusy" } })
    await world.job.start()
    const before = world.target.requests.length
    await world.clock.advance({ minutes: 40 })
    expect(world.target.requests).toHaveLength(before)
  })

  it("WIRE-059 the probe asks for the matching attribute", async () => {
    const mappings = defaultMappings()
    const attributes = mappings.user.attributes.map((row) => ({
      ...row,
      matchingPriority: row.target === "externalId" ? 1 : 0,
    }))
    const world = worldWithAda({ mappings: { ...mappings, user: { ...mappings.user, attributes } } })
    await world.job.start()
    expect(world.target.requests[0]?.url).toContain("/Users?filter=externalId+eq+%22")
  })

  it("ENG-CYCLE-07 a slow cycle is followed at once, and cycles never overlap", async () => {
    const world = worldWithAda()
    await world.job.start()
    // Three people, each asked for four times with 290 seconds in between.
    let refusals = 12
    world.target.intercept = (request) =>
      !isProbe(request) && refusals-- > 0 ? respond(429, problem(429), { "retry-after": ["290"] }) : undefined
    for (const name of ["bob", "cleo", "dora"]) {
      const user = { userPrincipalName: `${name}@orchard.example`, displayName: name }
      world.application.assign(world.tenant.createUser(user))
    }
    await world.clock.advance({ minutes: 100 })
    const cycles = world.job.cycles()
    const [, second, third] = cycles
    expect((Date.parse(second?.endedAt ?? "") - Date.parse(second?.startedAt ?? "")) / 1000).toBe(9 * 290)
    expect(Date.parse(third?.startedAt ?? "")).toBe(Date.parse(second?.endedAt ?? ""))
  })

  it("ENG-DELTA-08 members of an assigned group are entitled through it", async () => {
    const world = createWorld()
    const user = person(world, "ada")
    world.application.assign(world.tenant.createGroup({ displayName: "Pickers" }, { members: [user] }))
    await world.job.start()
    expect(world.job.link("User", user.id)).toMatchObject({ targetId: "u1", state: "active" })
  })

  it("ENG-SCOPE-06 sync all takes every user and group", async () => {
    const world = createWorld({ settings: { syncAll: true } })
    person(world, "ada")
    world.tenant.createGroup({ displayName: "Pickers" })
    await world.job.start()
    expect(world.job.links().map((link) => link.targetId)).toEqual(["u1", "g1"])
  })

  it("ENG-SCOPE-12 sync assigned instead of sync all waits for a restart", async () => {
    const world = createWorld({ settings: { syncAll: true } })
    const user = person(world, "ada")
    await world.job.start()
    world.target.take()
    world.job.updateSettings({ syncAll: false })
    await world.clock.advance({ minutes: 40 })
    expect(world.target.take()).toEqual([])
    await world.job.restart()
    expect(world.target.take()).toHaveLength(2)
    expect(world.job.link("User", user.id)?.state).toBe("unmanaged")
  })

  it("RES-04 by switch several objects are worked on at a time, with the same requests", async () => {
    const run = async (parallel: number): Promise<string[]> => {
      const world = createWorld({ settings: { parallel } })
      world.application.assign(person(world, "ada"), person(world, "bob"))
      await world.job.start()
      return world.target.take()
    }
    expect((await run(4)).sort()).toEqual((await run(1)).sort())
  })

  it("WIRE-015 WIRE-020 WIRE-035 WIRE-038 the headers of a write: bearer, media type, version; no user agent, no flag in the URL", async () => {
    const world = worldWithAda()
    await world.job.start()
    const post = world.target.requests.find(({ method }) => method === "POST")
    expect(post?.headers).toEqual({
      authorization: "Bearer s3cret",
      adscimversion: `Date:2026-03-02T08:00:00.000Z, ActivityId:${world.job.cycles()[0]?.id ?? ""}`,
      "content-type": "application/scim+json; charset=utf-8",
    })
  })

  it("the same seed gives the same requests, byte for byte", async () => {
    const run = async (): Promise<unknown> => {
      const world = worldWithAda()
      await world.job.start()
      world.tenant.disable(world.user)
      await world.clock.advance({ minutes: 40 })
      return world.target.requests
    }
    expect(await run()).toEqual(await run())
  })
})
