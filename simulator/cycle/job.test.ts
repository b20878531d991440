/** The job over time: schedule, escrow, quarantine and the ways out, restarts, credentials, the log. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { TransportError } from "../../protocol/index.ts"
import type { User } from "../directory/model.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import { isProbe, problem, respond } from "./fake-target.fixture.ts"
import { createWorld, type World } from "./job.fixture.ts"
import { createProvisioningJob } from "./job.ts"

type Options = Parameters<typeof createWorld>[0]

const ada = (world: World): User =>
  world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
const bob = (world: World): User =>
  world.tenant.createUser({ userPrincipalName: "bob@orchard.example", displayName: "Bob" })

/** Ada is assigned; nothing has run yet. */
function worldWithAda(options: Options = {}): World & { user: User } {
  const world = createWorld(options)
  const user = ada(world)
  world.application.assign(user)
  return { ...world, user }
}

/** When cycles began, as minutes since the first. */
function cycleMinutes({ job }: World): number[] {
  const starts = job.cycles().map((cycle) => Date.parse(cycle.startedAt))
  return starts.map((start) => (start - (starts[0] ?? 0)) / 60_000)
}

/** Hours since the first request at which a method came in. */
function hoursOf(world: World, method: string): number[] {
  const times = world.target.times.filter((entry) => entry.method === method).map((entry) => entry.atMs)
  return times.map((atMs) => (atMs - (times[0] ?? 0)) / 3_600_000)
}

const unauthorized = () => respond(401, problem(401))

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
    const user = ada(world)
    world.application.assign(world.tenant.createGroup({ displayName: "Pickers" }, { members: [user] }))
    await world.job.start()
    expect(world.job.link("User", user.id)).toMatchObject({ targetId: "u1", state: "active" })
  })

  it("ENG-SCOPE-06 sync all takes every user and group", async () => {
    const world = createWorld({ settings: { syncAll: true } })
    ada(world)
    world.tenant.createGroup({ displayName: "Pickers" })
    await world.job.start()
    expect(world.job.links().map((link) => link.targetId)).toEqual(["u1", "g1"])
  })

  it("ENG-SCOPE-12 sync assigned instead of sync all waits for a restart", async () => {
    const world = createWorld({ settings: { syncAll: true } })
    const user = ada(world)
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
      world.application.assign(ada(world), bob(world))
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

describe("start, pause and restart", () => {
  it("ENG-JOB-04 ENG-CYCLE-12 a pause keeps everything: the next start goes on with an incremental cycle", async () => {
    const world = worldWithAda()
    await world.job.start()
    world.job.pause()
    await world.clock.advance({ days: 2 })
    expect(world.job.cycles()).toHaveLength(1)
    expect(world.job.status().code).toBe("Paused")
    world.application.unassign(world.user)
    await world.job.start()
    expect(world.job.cycles().at(-1)).toMatchObject({ kind: "incremental", counts: { disabled: 1 } })
  })

  it("ENG-CYCLE-10 a pause lets the running cycle finish", async () => {
    const world = worldWithAda()
    world.target.intercept = () => {
      world.job.pause()
      return undefined
    }
    await world.job.start()
    expect(world.target.resources.has("u1")).toBe(true)
    await world.clock.advance({ days: 1 })
    expect(world.job.cycles()).toHaveLength(1)
  })

  it("ENG-JOB-03 start of a healthy running job does nothing", async () => {
    const world = worldWithAda()
    await world.job.start()
    await world.job.start()
    expect(world.job.cycles()).toHaveLength(1)
  })

  it("ENG-RESTART-03 WIRE-198 restart keeps the links; with Full everybody is matched again", async () => {
    const world = worldWithAda()
    await world.job.start()
    world.target.take()
    await world.job.restart()
    expect(world.target.take()).toEqual(["GET /Users/u1"])
    await world.job.restart(["Full"])
    expect(world.target.take()).toEqual(["GET /Users?filter=userName+eq+%22ada%40orchard.example%22"])
    expect(world.job.cycles().at(-1)).toMatchObject({ kind: "initial", counts: { skipped: 1, created: 0 } })
  })

  it("ENG-CYCLE-11 ENG-CYCLE-12 changed mappings make the next cycle an initial one, at once, links kept", async () => {
    const world = worldWithAda()
    await world.job.start()
    world.target.take()
    const mappings = defaultMappings()
    const attributes = mappings.user.attributes.map((row) =>
      row.target === "title" ? { ...row, source: '"Picker"' } : row,
    )
    world.job.updateMappings({ ...mappings, user: { ...mappings.user, attributes } })
    await world.clock.advance({ ms: 0 })
    expect(world.job.cycles().map((cycle) => cycle.kind)).toEqual(["initial", "initial"])
    expect(world.target.take().map((line) => line.slice(0, 15))).toEqual(["GET /Users/u1", "PATCH /Users/u1"])
  })

  it("ENG-CYCLE-11 mappings changed while a cycle runs: it ends with the old ones, the next is an initial one", async () => {
    const world = worldWithAda()
    world.target.intercept = () => {
      world.target.intercept = undefined
      world.job.updateMappings(defaultMappings())
      return undefined
    }
    await world.job.start()
    await world.clock.advance({ ms: 0 })
    expect(world.job.cycles().map((cycle) => cycle.kind)).toEqual(["initial", "initial"])
  })

  it("MAP-221 mappings that a save would refuse are refused", () => {
    const mappings = defaultMappings()
    const attributes = mappings.user.attributes.map((row) => ({ ...row, source: "Join(" }))
    const bad = { ...mappings, user: { ...mappings.user, attributes } }
    expect(() => createWorld({ mappings: bad })).toThrow(/user\.attributeMappings\[0\]/)
  })

  it("a job in a file is reopened by its id and goes on where it stopped", async () => {
    const folder = mkdtempSync(join(tmpdir(), "scimulate-job-"))
    try {
      const db = join(folder, "job.db")
      const world = worldWithAda({ db })
      await world.job.start()
      world.job.close()
      world.target.take()
      world.tenant.update(world.user, { jobTitle: "Picker" })
      const job = createProvisioningJob({ ...world.options, id: world.job.id })
      expect(job.condition()).toMatchObject({ schedule: "Active", code: "Active" })
      expect(job.log()).toHaveLength(1)
      await world.clock.advance({ minutes: 40 })
      expect(job.cycles().map((cycle) => cycle.kind)).toEqual(["initial", "incremental"])
      expect(cycleMinutes({ ...world, job })).toEqual([0, 40])
      expect(world.target.take()).toHaveLength(2)
      job.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it("ENG-MATCH-07 ENG-MATCH-08 a link is deleted only while paused; the next evaluation matches afresh", async () => {
    const world = worldWithAda()
    await world.job.start()
    expect(() => world.job.removeLink("User", world.user.id)).toThrow(/paused or disabled/)
    world.job.pause()
    world.job.removeLink("User", world.user.id)
    world.target.take()
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.job.start()
    expect(world.target.take()[0]).toBe("GET /Users?filter=userName+eq+%22ada%40orchard.example%22")
  })
})

describe("failures of one object", () => {
  it("ENG-RETRY-01 ENG-RETRY-02 ENG-RETRY-05 goes to escrow and is tried next cycle, after 6, 12, 24 h, then daily; others go on", async () => {
    const world = worldWithAda()
    world.application.assign(bob(world))
    world.target.intercept = ({ method, body }) =>
      method === "POST" && body?.includes("ada@") === true ? respond(500, "oops") : undefined
    await world.job.start()
    expect(world.target.resources.get("u1")).toMatchObject({ userName: "bob@orchard.example" })
    expect(world.job.escrows()).toMatchObject([{ objectId: world.user.id, errorCode: "InternalServerError" }])
    await world.clock.advance({ days: 3 })
    const hours = hoursOf(world, "POST").filter((_, index) => index !== 1)
    expect(hours.map((hour) => Math.round(hour * 3) / 3)).toEqual([0, 2 / 3, 6, 12, 24, 48, 72])
  })

  it("ENG-RETRY-05 a change of the source makes it due at once; success ends the escrow", async () => {
    const world = worldWithAda()
    world.target.intercept = ({ method }) => (method === "POST" ? respond(500, "oops") : undefined)
    await world.job.start()
    await world.clock.advance({ minutes: 40 })
    world.target.intercept = undefined
    await world.clock.advance({ hours: 2 })
    expect(world.job.links()).toEqual([])
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 40 })
    expect(world.job.links()).toHaveLength(1)
    expect(world.job.escrows()).toEqual([])
  })

  it("ENG-RETRY-06 is given up after 28 days, until the object changes; the job runs on", async () => {
    const world = worldWithAda()
    world.target.intercept = ({ method }) => (method === "POST" ? respond(500, "oops") : undefined)
    await world.job.start()
    await world.clock.advance({ days: 29 })
    expect(world.job.escrows()).toEqual([])
    expect(world.job.condition()).toMatchObject({ schedule: "Active", code: "Active" })
    world.target.intercept = undefined
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 40 })
    expect(world.job.links()).toHaveLength(1)
  })

  it("RES-03 a lost answer to a create: the retry looks up, finds and links; nobody is doubled", async () => {
    const world = worldWithAda()
    const { transport } = world.target
    world.target.intercept = (request) => {
      if (request.method !== "POST") return undefined
      world.target.intercept = undefined
      void transport(request)
      throw new TransportError("reset", "the connection broke")
    }
    await world.job.start()
    expect(world.job.escrows()).toMatchObject([{ errorCode: "WebExceptionProtocolError" }])
    await world.clock.advance({ minutes: 40 })
    expect([...world.target.resources.keys()]).toEqual(["u1"])
    expect(world.job.link("User", world.user.id)?.targetId).toBe("u1")
  })

  it("ENG-DEPROV-12 a refused DELETE of a group is an ordinary failure, tried again", async () => {
    const world = createWorld()
    const group = world.tenant.createGroup({ displayName: "Pickers" })
    world.application.assign(group)
    await world.job.start()
    world.target.intercept = ({ method }) => (method === "DELETE" ? respond(400, problem(400)) : undefined)
    world.application.unassign(group)
    await world.clock.advance({ minutes: 40 })
    expect(world.job.escrows()).toMatchObject([
      { objectType: "Group", errorCode: "SystemForCrossDomainIdentityManagementBadRequest" },
    ])
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 40 })
    expect(world.target.resources.size).toBe(0)
    expect(world.job.escrows()).toEqual([])
  })

  it("ENG-MATCH-05 two people with one matching value: the second is DuplicateSourceEntries", async () => {
    const mappings = defaultMappings()
    const attributes = mappings.user.attributes.map((row) =>
      row.target === "userName" ? { ...row, source: "[jobTitle]" } : row,
    )
    const world = createWorld({ mappings: { ...mappings, user: { ...mappings.user, attributes } } })
    const [first, second] = [ada(world), bob(world)].map((user) => world.tenant.update(user, { jobTitle: "Picker" }))
    if (first !== undefined && second !== undefined) world.application.assign(first, second)
    await world.job.start()
    expect(world.job.links()).toHaveLength(1)
    expect(world.job.escrows()).toMatchObject([{ errorCode: "DuplicateSourceEntries" }])
  })

  it("ENG-MATCH-03 a person without any matching value is skipped as ImportSkipped", async () => {
    const mappings = defaultMappings()
    const attributes = mappings.user.attributes.map((row) =>
      row.target === "userName" ? { ...row, source: "[mail]" } : row,
    )
    const world = worldWithAda({ mappings: { ...mappings, user: { ...mappings.user, attributes } } })
    await world.job.start()
    expect(world.target.take()).toEqual([])
    expect(world.job.log()[0]?.provisioningSteps.at(-1)?.details).toMatchObject({ SkipReason: "ImportSkipped" })
  })

  it("ENG-REF-08 ENG-REF-09 a failed member goes to a reference escrow; the member alone is tried again", async () => {
    const world = createWorld()
    const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [ada(world), bob(world)] })
    world.application.assign(group)
    world.target.intercept = ({ method, body }) =>
      method === "PATCH" && body?.includes("u1") === true ? respond(500, "oops") : undefined
    await world.job.start()
    expect(world.job.escrows()).toMatchObject([{ objectType: "Group", kind: "reference" }])
    world.target.intercept = undefined
    world.target.take()
    await world.clock.advance({ minutes: 40 })
    expect(world.target.take().filter((line) => line.startsWith("PATCH"))).toEqual([
      'PATCH /Groups/g1 {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Add","path":"members","value":[{"value":"u1"}]}]}',
    ])
    expect(world.job.escrows()).toEqual([])
  })

  it("ENG-RETRY-05 a group that fails itself and with its members is tried again in the next cycle", async () => {
    const world = createWorld()
    const user = ada(world)
    const group = world.tenant.createGroup({ displayName: "Pickers" })
    world.application.assign(group, user)
    await world.job.start()
    world.target.intercept = ({ method }) => (method === "PATCH" ? respond(500, "oops") : undefined)
    world.tenant.renameGroup(group, "Fruit pickers")
    world.tenant.addMember(group, user)
    await world.clock.advance({ minutes: 40 })
    expect(world.job.escrows()).toMatchObject([{ objectType: "Group", kind: "object", retryCount: 0 }])
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 40 })
    expect(world.target.resources.get("g1")).toMatchObject({ displayName: "Fruit pickers", members: ["u1"] })
    expect(world.job.escrows()).toEqual([])
  })

  it("ENG-REF-11 a restart does not remove members that were deleted themselves", async () => {
    const world = createWorld()
    const user = ada(world)
    world.application.assign(world.tenant.createGroup({ displayName: "Pickers" }, { members: [user] }))
    await world.job.start()
    world.tenant.softDelete(user)
    world.tenant.purge(user)
    await world.clock.advance({ minutes: 40 })
    world.target.take()
    await world.job.restart()
    expect(world.target.take()).toEqual(["GET /Groups/g1?excludedAttributes=members"])
  })

  it("ENG-REF-09 a member whose own create failed joins once it is created", async () => {
    const world = createWorld()
    const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [ada(world), bob(world)] })
    world.application.assign(group)
    world.target.intercept = ({ method, body }) =>
      method === "POST" && body?.includes("ada@") === true ? respond(500, "oops") : undefined
    await world.job.start()
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 40 })
    expect(world.target.resources.get("g1")?.["members"]).toEqual(["u1", "u2"])
    expect(world.job.escrows()).toEqual([])
  })

  it("ENG-RETRY-11 a 429 with Retry-After is repeated in the cycle; beyond the cap it goes to escrow", async () => {
    const world = worldWithAda()
    let refusals = 1
    world.target.intercept = ({ method }) =>
      method === "POST" && refusals-- > 0 ? respond(429, problem(429), { "retry-after": ["30"] }) : undefined
    await world.clock.settle(world.job.start())
    expect(world.job.links()).toHaveLength(1)
    expect(world.clock.now() - Date.parse(world.job.cycles()[0]?.startedAt ?? "")).toBe(30_000)

    const other = worldWithAda()
    other.target.intercept = ({ method }) =>
      method === "POST" ? respond(429, problem(429), { "retry-after": ["86400"] }) : undefined
    await other.job.start()
    expect(other.job.escrows()).toMatchObject([{ errorCode: "TooManyRequests" }])
  })

  it("ENG-LOG-03 ENG-RETRY-04 GRAPH-817 the log names code, reason, retries and the next attempt", async () => {
    const world = worldWithAda()
    world.target.intercept = ({ method }) => (method === "POST" ? respond(409, problem(409)) : undefined)
    await world.job.start()
    expect(world.job.log()[0]).toMatchObject({
      provisioningAction: "create",
      provisioningStatusInfo: {
        status: "failure",
        errorInformation: {
          errorCode: "EntryConflict",
          errorCategory: "nonServiceFailure",
          reason:
            "The target answered HTTP 409: no. This operation was retried 0 times. It will be retried again after this date: 2026-03-02T08:00:00.000Z",
        },
      },
    })
  })
})

describe("quarantine", () => {
  it("ENG-QUAR-01 ENG-CRED-06 refused credentials: at once, without any other request, the watermark stays", async () => {
    const world = worldWithAda()
    await world.job.start()
    world.target.intercept = unauthorized
    world.tenant.update(world.user, { jobTitle: "Picker" })
    world.target.take()
    await world.clock.advance({ minutes: 40 })
    expect(world.target.take()).toEqual([])
    expect(world.job.status()).toMatchObject({
      code: "Quarantine",
      countSuccessiveCompleteFailures: 1,
      lastExecution: { state: "Failed" },
      quarantine: {
        reason: "EncounteredQuarantineException",
        seriesBegan: "2026-03-02T08:40:00.000Z",
        currentBegan: "2026-03-02T08:40:00.000Z",
        nextAttempt: "2026-03-02T09:10:00.000Z",
        seriesCount: 1,
        error: { code: "SystemForCrossDomainIdentityManagementInvalidCredentials", tenantActionable: true },
      },
    })
    expect(world.job.schedule().state).toBe("Active")
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 30 })
    expect(world.target.take().map((line) => line.slice(0, 15))).toEqual(["GET /Users/u1", "PATCH /Users/u1"])
    expect(world.job.status()).toMatchObject({ code: "Active", quarantine: null })
  })

  it("ENG-QUAR-07 ENG-QUAR-08 is tried after 30 minutes, doubling to daily, and disabled after four weeks", async () => {
    const world = worldWithAda()
    world.target.intercept = unauthorized
    await world.job.start()
    await world.clock.advance({ days: 40 })
    expect(
      cycleMinutes(world)
        .map((minutes) => minutes / 60)
        .slice(0, 9),
    ).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 55.5, 79.5])
    expect(world.job.condition()).toMatchObject({ schedule: "Disabled", code: "Quarantine" })
    const last = cycleMinutes(world).at(-1) ?? 0
    expect(last).toBeLessThanOrEqual(28 * 24 * 60)
    expect(world.job.condition().quarantine?.seriesCount).toBe(world.job.cycles().length)
  })

  it("ENG-QUAR-09 ENG-QUAR-14 start lifts it: a new token, start, and the job is back", async () => {
    const world = worldWithAda()
    world.target.intercept = ({ headers }) => (headers["authorization"] === "Bearer new" ? undefined : unauthorized())
    await world.job.start()
    world.job.updateCredentials({ token: "new" })
    expect(world.job.condition().code).toBe("Quarantine")
    expect(await world.job.testConnection()).toEqual({ ok: true })
    await world.job.start()
    expect(world.job.condition()).toEqual({ schedule: "Active", code: "Active", quarantine: null })
    expect(world.job.links()).toHaveLength(1)
  })

  it("ENG-CYCLE-16 WIRE-217 a 404 for the group probe quarantines the job, though all users were fine", async () => {
    const world = worldWithAda()
    world.target.intercept = ({ url }) => (url.includes("/Groups") ? respond(404, problem(404)) : undefined)
    await world.job.start()
    expect(world.job.condition().quarantine?.reason).toBe("EncounteredQuarantineException")
  })

  it("WIRE-062 a target that ignores the filter is stopped by the probe", async () => {
    const world = worldWithAda()
    world.target.resources.set("u9", { id: "u9", userName: "somebody" })
    world.target.intercept = (request) =>
      isProbe(request) ? respond(200, { totalResults: 1, Resources: [{ id: "u9" }] }) : undefined
    await world.job.start()
    expect(world.job.condition().quarantine?.error.code).toBe(
      "SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering",
    )
    expect(world.target.take()).toEqual([])
  })

  it("RES-09 a 401 in mid-cycle: the probe is refused too, so the job is quarantined and the watermark stays", async () => {
    const world = worldWithAda()
    world.target.intercept = ({ method }) => {
      if (method !== "POST") return undefined
      world.target.intercept = unauthorized
      return unauthorized()
    }
    await world.job.start()
    expect(world.job.condition().code).toBe("Quarantine")
    expect(world.job.escrows()).toEqual([])
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 30 })
    expect(world.job.cycles().at(-1)).toMatchObject({ kind: "initial", counts: { created: 1 } })
  })

  it("RES-09 a 401 in mid-cycle while the probe passes, and any 403, are the object's matter", async () => {
    for (const status of [401, 403]) {
      const world = worldWithAda()
      world.target.intercept = ({ method }) => (method === "POST" ? respond(status, problem(status)) : undefined)
      await world.job.start()
      expect(world.job.condition().code).toBe("Active")
      expect(world.job.escrows()).toMatchObject([{ errorCode: "Unauthorized" }])
    }
  })

  it("RES-14 ENG-QUAR-06 a small application whose every object fails is not quarantined", async () => {
    const world = worldWithAda()
    world.target.intercept = ({ method }) => (method === "POST" ? respond(500, "oops") : undefined)
    await world.job.start()
    await world.clock.advance({ days: 2 })
    expect(world.job.condition().code).toBe("Active")
  })

  it("ENG-QUAR-03 with thresholds scaled down the count rule quarantines, and lifts once the failures are gone", async () => {
    const world = worldWithAda({ settings: { quarantine: { minimumFailures: 1 } } })
    await world.job.start()
    world.target.intercept = ({ method }) => (method === "PATCH" ? respond(500, "oops") : undefined)
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 40 })
    expect(world.job.condition().quarantine?.reason).toBe("EncounteredEscrowProportionThreshold")
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 30 })
    expect(world.job.condition()).toMatchObject({ code: "Active", quarantine: null })
  })

  it("ENG-RETRY-09 GRAPH-634 thresholds reached in the initial cycle prune the escrows and pause the job", async () => {
    const world = worldWithAda({ settings: { quarantine: { minimumFailures: 1 } } })
    world.target.intercept = ({ method }) => (method === "POST" ? respond(500, "oops") : undefined)
    await world.job.start()
    expect(world.job.status()).toMatchObject({ code: "Paused", escrowsPruned: true })
    expect(world.job.escrows()).toEqual([])
  })

  it("RES-10 ENG-CRED-05 a connection test tells refused from unreachable, without changing the job", async () => {
    const world = worldWithAda()
    world.target.intercept = unauthorized
    expect(await world.job.testConnection()).toMatchObject({
      ok: false,
      code: "SystemForCrossDomainIdentityManagementCredentialValidationFailure",
    })
    world.target.intercept = () => {
      throw new TransportError("refused", "Nobody listens there.")
    }
    expect(await world.job.testConnection()).toEqual({
      ok: false,
      code: "SystemForCrossDomainIdentityManagementCredentialValidationUnavailable",
      message: "Nobody listens there.",
    })
    expect(world.job.condition().code).toBe("Paused")
  })

  it("a connection that we refused to make is the caller's error, not the target's", async () => {
    const world = worldWithAda()
    world.target.intercept = () => {
      throw new TransportError("forbidden", "The address is not loopback.")
    }
    await expect(world.job.start()).rejects.toThrow("not loopback")
  })
})

describe("the provisioning log", () => {
  it("ENG-LOG-01 ENG-LOG-04 GRAPH-806 to GRAPH-812 an entry has the properties of a live record", async () => {
    const world = worldWithAda()
    await world.job.start()
    const [entry] = world.job.log()
    expect(entry).toMatchObject({
      activityDateTime: "2026-03-02T08:00:00Z",
      jobId: world.job.id,
      cycleId: world.job.cycles()[0]?.id,
      provisioningAction: "create",
      provisioningStatusInfo: { status: "success", errorInformation: null },
      servicePrincipal: { id: world.application.id, displayName: "Orchard" },
      sourceSystem: { displayName: "Microsoft Entra ID", details: {} },
      targetSystem: {
        displayName: "customappsso",
        details: {
          ApplicationId: "8adf8e6e-67b2-4cf2-a259-e3dc5476c621",
          ServicePrincipalId: world.application.id,
          ServicePrincipalDisplayName: "Orchard",
        },
      },
      initiatedBy: { id: "", displayName: "Azure AD Provisioning Service", initiatorType: "system" },
      sourceIdentity: {
        id: world.user.id,
        displayName: "Ada",
        identityType: "User",
        details: { id: world.user.id, odatatype: "User", DisplayName: "Ada", UserPrincipalName: "ada@orchard.example" },
      },
      targetIdentity: {
        id: "u1",
        displayName: "",
        identityType: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
      },
    })
    expect(entry?.modifiedProperties).toContainEqual({ displayName: "active", oldValue: null, newValue: "True" })
    expect(world.job.id).toMatch(/^scim\.[0-9a-f]{32}\.[0-9a-f-]{36}$/)
  })

  it("ENG-LOG-05 ENG-LOG-06 steps of a create, and of an update where the target is read before scoping", async () => {
    const world = worldWithAda()
    await world.job.start()
    world.tenant.disable(world.user)
    await world.clock.advance({ minutes: 40 })
    const steps = world.job
      .log({ sourceId: world.user.id })
      .map((entry) =>
        entry.provisioningSteps.map((step) => [step.name, step.provisioningStepType, step.status].join(" ")),
      )
    expect(steps).toEqual([
      [
        "EntryImportAdd import success",
        "EntrySynchronizationScoping scoping success",
        "EntrySynchronizationAdd matching success",
        "EntryExportAdd export success",
      ],
      [
        "EntryImportUpdate import success",
        "EntryImport matching success",
        "EntrySynchronizationScoping scoping success",
        "EntryExportUpdateSoftDelete export success",
      ],
    ])
  })

  it("ENG-SCOPE-09 GRAPH-814 the scoping step shows its inputs", async () => {
    const world = createWorld()
    ada(world)
    await world.job.start()
    expect(world.job.log()[0]?.provisioningSteps[1]?.details).toEqual({
      "Active in the source system": "True",
      "Assigned to the application": "False",
      "User has the required role": "False",
      "Scoping filter evaluation passed": "True",
      ScopeEvaluationResult: "{}",
    })
  })

  it("ENG-REF-07 LA an unresolved member is named in the group's entry", async () => {
    const world = createWorld()
    const user = world.tenant.disable(ada(world))
    const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [user, bob(world)] })
    world.application.assign(group)
    await world.job.start()
    const entry = world.job.log({ sourceId: group.id }).at(-1)
    expect(entry?.provisioningStatusInfo.status).toBe("warning")
    expect(entry?.provisioningSteps[1]).toMatchObject({
      provisioningStepType: "referenceResolution",
      description: `Object(s) ${user.id} could not be assigned as members of Group 'Pickers'`,
      details: { ErrorCode: "UnableToResolveReferenceAttributeValue" },
    })
  })

  it("ENG-LOG-08 entries older than the retention are dropped", async () => {
    const world = worldWithAda()
    await world.job.start()
    await world.clock.advance({ days: 31 })
    expect(world.job.log()).toEqual([])
  })
})
