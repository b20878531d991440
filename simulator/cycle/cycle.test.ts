/** Cycles over time: when they start, what they look at, and what every request of theirs has in common (ENG-CYCLE, ENG-SCOPE). */
import { describe, expect, it } from "vitest"
import type { HttpResponse, Transport } from "../../protocol/index.ts"
import { createWorld, cycleMinutes, person, type World, worldWithAda } from "./job.fixture.ts"
import { isProbe, problem, respond, unauthorized } from "./fake-target.fixture.ts"
import { createProvisioningJob } from "./job.ts"
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

  it.each([1, 2, 4, 8])(
    "RES-04 %i requests are under way at most, also while a refused token is looked into",
    async (parallel) => {
      const world = createWorld({ settings: { parallel } })
      world.application.assign(...world.tenant.createUsers(40))
      const counts: number[] = []
      let underWay = 0
      let refusals = 10
      world.target.intercept = (request) =>
        !isProbe(request) && refusals-- > 0 ? respond(401, problem(401)) : undefined
      const transport: Transport = async (request) => {
        counts.push(++underWay)
        await world.clock.sleep(100)
        underWay -= 1
        return world.target.transport(request)
      }
      const job = createProvisioningJob({ ...world.options, transport })
      await world.clock.settle(job.start())
      expect(Math.max(...counts)).toBe(parallel)
      expect(job.cycles()[0]?.counts).toMatchObject({ created: 30, failed: 10 })
    },
  )

  it("RES-04 RES-05 memberships of several groups are written at a time, those of one group one after another", async () => {
    const run = async (parallel: number): Promise<string[]> => {
      const world = createWorld({ settings: { parallel } })
      const members = ["ada", "bob", "cleo"].map((name) => person(world, name))
      for (const displayName of ["Pickers", "Packers"]) {
        world.application.assign(world.tenant.createGroup({ displayName }, { members }))
      }
      await world.job.start()
      const { resources } = world.target
      const named = (line: string): string => line.replace(/u\d/, (id) => String(resources.get(id)?.["userName"]))
      return world.target.take().flatMap((line) => (line.startsWith("PATCH /Groups") ? named(line) : []))
    }
    const groupsOf = (lines: readonly string[]): string => lines.map((line) => /g\d/.exec(line)?.[0]).join(" ")
    const [one, two] = [await run(1), await run(2)]
    expect([groupsOf(one), groupsOf(two)]).toEqual(["g1 g1 g1 g2 g2 g2", "g1 g2 g1 g2 g1 g2"])
    for (const group of ["g1", "g2"]) {
      expect(two.filter((line) => line.includes(group))).toEqual(one.filter((line) => line.includes(group)))
    }
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

describe("what a cycle looks at", () => {
  it("ENG-CYCLE-01 WIRE-193 everything first, then for ever only what changed", async () => {
    const world = worldWithAda()
    const bob = person(world, "bob")
    world.application.assign(bob)
    await world.job.start()
    world.tenant.update(bob, { jobTitle: "Picker" })
    await world.clock.advance({ hours: 2 })
    expect(world.job.cycles().map(({ kind, counts }) => [kind, counts.imported])).toEqual([
      ["initial", 2],
      ["incremental", 1],
      ["incremental", 0],
      ["incremental", 0],
    ])
  })

  it("ENG-CYCLE-05 users, groups, references; what is due from escrow is in the same queue, each object once", async () => {
    const world = worldWithAda()
    const bob = person(world, "bob")
    const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [world.user] })
    world.application.assign(bob, group)
    world.target.intercept = ({ method, body }) =>
      method === "POST" && /ada@|bob@/.test(body ?? "") ? respond(500, "oops") : undefined
    await world.job.start()
    world.target.intercept = undefined
    world.target.take()
    // Ada is due from escrow and has changed as well; Bob is only due.
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 40 })
    expect(world.target.take().map((line) => line.replace(/[?{].*/, "").trim())).toEqual([
      "GET /Users",
      "POST /Users",
      "GET /Users",
      "POST /Users",
      "GET /Groups/g1",
      "PATCH /Groups/g1",
    ])
  })

  it("ENG-CYCLE-17 each cycle has an id, each change of an object in it another", async () => {
    const world = worldWithAda()
    world.application.assign(person(world, "bob"))
    await world.job.start()
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 40 })
    const [first, second] = world.job.cycles()
    const entries = world.job.log()
    expect(entries.map(({ cycleId }) => cycleId)).toEqual([first?.id, first?.id, second?.id])
    expect(first?.id).not.toBe(second?.id)
    expect(new Set(entries.map(({ changeId }) => changeId)).size).toBe(3)
    expect(world.job.status().lastExecution?.activityIdentifier).toBe(second?.id)
  })

  it("ENG-DELTA-05 several changes of one object are one; a window that is read again ends in RedundantExport", async () => {
    const world = worldWithAda()
    const bob = person(world, "bob")
    world.application.assign(bob)
    await world.job.start()
    world.target.take()
    for (const jobTitle of ["Picker", "Sorter", "Lead"]) world.tenant.update(world.user, { jobTitle })
    world.tenant.update(bob, { jobTitle: "Picker" })
    // Ada is written, then the credentials are refused: the cycle fails, and its window is read again.
    world.target.intercept = ({ url }) => (url.endsWith("/Users/u2") ? unauthorizedFromNowOn(world) : undefined)
    await world.clock.advance({ minutes: 40 })
    expect(world.target.take().filter((line) => line.startsWith("PATCH"))).toHaveLength(1)
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 30 })
    const { id } = world.job.cycles().at(-1) ?? {}
    expect(world.job.log({ sourceId: world.user.id, ...(id !== undefined && { cycleId: id }) })).toMatchObject([
      { provisioningAction: "other", provisioningStatusInfo: { status: "skipped" } },
    ])
    expect(world.target.take().filter((line) => line.startsWith("PATCH"))).toHaveLength(1)
  })

  it("ENG-DELTA-09 nothing in the target makes it look; a change in the source, a restart and provision on demand do", async () => {
    const world = worldWithAda()
    const reads = () => world.target.take().filter((line) => line === "GET /Users/u1").length
    await world.job.start()
    world.target.resources.set("u1", { id: "u1", userName: "somebody-else", active: false })
    await world.clock.advance({ days: 1 })
    expect(reads()).toBe(0)
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 40 })
    expect(reads()).toBe(1)
    await world.job.restart()
    expect(reads()).toBe(1)
    await world.job.provisionOnDemand(world.user)
    expect(reads()).toBe(1)
  })

  it("ENG-MATCH-11 a target that still answers by id for an account it deleted stays linked for ever, until a Full restart or the link is deleted", async () => {
    const world = worldWithAda()
    await world.job.start()
    const search = "GET /Users?filter=userName+eq+%22ada%40orchard.example%22"
    // It shows a grave by its id and hides it from searches.
    const grave = { id: "u1", userName: "deleted-u1", active: false }
    world.target.intercept = (request) => {
      if (request.method === "GET" && request.url.endsWith("/Users/u1")) return respond(200, grave)
      return request.method === "PATCH" ? respond(204, null) : undefined
    }
    world.target.resources.delete("u1")
    for (const jobTitle of ["Picker", "Sorter"]) {
      world.tenant.update(world.user, { jobTitle })
      await world.clock.advance({ minutes: 40 })
    }
    expect(world.job.link("User", world.user.id)?.targetId).toBe("u1")
    expect(world.target.take().slice(2)).not.toContain(search)
    await world.job.restart(["Full"])
    expect(world.job.link("User", world.user.id)?.targetId).toBe("u2")
    world.job.pause()
    world.job.removeLink("User", world.user.id)
    world.target.take()
    world.tenant.update(world.user, { jobTitle: "Lead" })
    await world.job.start()
    expect(world.target.take()[0]).toBe(search)
  })

  it("ENG-MATCH-01 ENG-MATCH-02 matching attributes are asked for in turn, by their transformed values, until one finds somebody", async () => {
    const { user, group } = defaultMappings()
    const ranks: Readonly<Record<string, number>> = { externalId: 1, userName: 2, displayName: 3 }
    const attributes = user.attributes.map((row) => ({
      ...row,
      matchingPriority: ranks[row.target] ?? 0,
      ...(row.target === "externalId" && { source: 'Append([mailNickname], "-x")' }),
    }))
    const world = worldWithAda({ mappings: { user: { ...user, attributes }, group } })
    world.target.resources.set("u9", { id: "u9", userName: "ada@orchard.example", displayName: "Ada" })
    await world.job.start()
    expect(world.target.take().map((line) => line.replaceAll("%22", '"').replace(/ \{.*/, ""))).toEqual([
      'GET /Users?filter=externalId+eq+"ada-x"',
      'GET /Users?filter=userName+eq+"ada%40orchard.example"',
      "PATCH /Users/u9",
    ])
  })

  it("ENG-MAP-03 FlowAlways sends its row at each evaluation, FlowWhenChanged only what differs", async () => {
    const { user, group } = defaultMappings()
    const attributes = user.attributes.map((row) =>
      row.target === "displayName" ? { ...row, flowBehavior: "FlowAlways" as const } : row,
    )
    const world = worldWithAda({ mappings: { user: { ...user, attributes }, group } })
    await world.job.start()
    world.target.take()
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 40 })
    expect(world.target.take()[1]).toContain(
      '"Operations":[{"op":"Replace","path":"displayName","value":"Ada"},{"op":"Add","path":"title","value":"Picker"}]',
    )
  })
})

/** The answer to a request whose credentials have just expired: the probe is refused from then on as well. */
function unauthorizedFromNowOn(world: World): HttpResponse {
  world.target.intercept = unauthorized
  return unauthorized()
}
