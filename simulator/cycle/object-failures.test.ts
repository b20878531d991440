/** Failures of one object or of its references: escrow, retries, and what the log says of them (ENG-RETRY, ENG-MATCH, ENG-REF). */
import { describe, expect, it } from "vitest"
import { createWorld, person, worldWithAda, type World } from "./job.fixture.ts"
import { respond, problem, unauthorized } from "./fake-target.fixture.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import { TransportError } from "../../protocol/index.ts"

/** Hours since the first request at which a method came in. */
function hoursOf(world: World, method: string): number[] {
  const times = world.target.times.filter((entry) => entry.method === method).map((entry) => entry.atMs)
  return times.map((atMs) => (atMs - (times[0] ?? 0)) / 3_600_000)
}

function fail(error: TransportError): never {
  throw error
}

describe("failures of one object", () => {
  it("ENG-RETRY-01 ENG-RETRY-02 ENG-RETRY-05 WIRE-218 goes to escrow and is tried next cycle, after 6, 12, 24 h, then daily; others go on", async () => {
    const world = worldWithAda()
    world.application.assign(person(world, "bob"))
    world.target.intercept = ({ method, body }) =>
      method === "POST" && body?.includes("ada@") === true ? respond(500, "oops") : undefined
    await world.job.start()
    expect(world.target.resources.get("u1")).toMatchObject({ userName: "bob@orchard.example" })
    expect(world.job.escrows()).toMatchObject([{ objectId: world.user.id, errorCode: "InternalServerError" }])
    await world.clock.advance({ days: 3 })
    const hours = hoursOf(world, "POST").filter((_, index) => index !== 1)
    expect(hours.map((hour) => Math.round(hour * 3) / 3)).toEqual([0, 2 / 3, 6, 12, 24, 48, 72])
  })

  it.each([
    ["InternalServerError", () => respond(500, "oops")],
    ["WebExceptionProtocolError", () => fail(new TransportError("protocol", "That is no HTTP."))],
    ["Timeout", () => fail(new TransportError("timeout", "No answer came."))],
  ] as const)("ENG-RETRY-03 %s is tried again in 40 minutes, as the log advises", async (errorCode, answer) => {
    const world = worldWithAda()
    world.target.intercept = ({ method }) => (method === "POST" ? answer() : undefined)
    await world.job.start()
    expect(world.job.log()[0]?.provisioningStatusInfo.errorInformation).toMatchObject({
      errorCode,
      errorCategory: "failure",
      recommendedAction: "Nothing to do: it is tried again in 40 minutes.",
    })
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 39 })
    expect(world.job.links()).toEqual([])
    await world.clock.advance({ minutes: 1 })
    expect(world.job.links()).toHaveLength(1)
  })

  it("ENG-RETRY-03 so is an InternalError: an expression that can't be computed", async () => {
    const { user, group } = defaultMappings()
    const attributes = user.attributes.map((row) =>
      row.target === "title" ? { ...row, source: "CDate([jobTitle])" } : row,
    )
    const world = createWorld({ mappings: { user: { ...user, attributes }, group } })
    const ada = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada", jobTitle: "x" })
    world.application.assign(ada)
    await world.job.start()
    await world.clock.advance({ minutes: 40 })
    expect(world.job.log().map((entry) => entry.provisioningStatusInfo.errorInformation?.errorCode)).toEqual([
      "InternalError",
      "InternalError",
    ])
  })

  it("ENG-RETRY-08 a run is Succeeded, Failed or EntryLevelErrors; what only waits for another object counts among the raw escrows", async () => {
    const world = createWorld()
    const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [person(world, "ada")] })
    world.application.assign(group)
    const run = (): unknown => {
      const { state, countEscrowed, countEscrowedRaw } = world.job.status().lastExecution ?? {}
      return [state, countEscrowed, countEscrowedRaw]
    }
    world.target.intercept = ({ method, url }) =>
      method === "POST" && url.endsWith("/Users") ? respond(500, "oops") : undefined
    await world.job.start()
    // Ada failed, and her group waits for her.
    expect(run()).toEqual(["EntryLevelErrors", 1, 2])
    world.target.intercept = unauthorized
    await world.clock.advance({ minutes: 40 })
    expect(run()).toEqual(["Failed", 1, 2])
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 30 })
    expect(run()).toEqual(["Succeeded", 0, 0])
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
    const [first, second] = [person(world, "ada"), person(world, "bob")].map((user) =>
      world.tenant.update(user, { jobTitle: "Picker" }),
    )
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
    const group = world.tenant.createGroup(
      { displayName: "Pickers" },
      { members: [person(world, "ada"), person(world, "bob")] },
    )
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
    const user = person(world, "ada")
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
    const user = person(world, "ada")
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
    const group = world.tenant.createGroup(
      { displayName: "Pickers" },
      { members: [person(world, "ada"), person(world, "bob")] },
    )
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
