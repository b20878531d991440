/** What a job makes of answers: their shape where any will do, and every kind of fault on the way. */
import { http, type HttpResponseResolver } from "msw"
import { describe, expect, it } from "vitest"
import type { HttpRequest, HttpResponse, Random, Transport } from "../../protocol/index.ts"
import { createRandom } from "../random.ts"
import {
  afterRequests,
  answerHtml,
  answerWith,
  breakConnection,
  duringTime,
  firstRequests,
  loseAnswer,
  refuseCredentials,
  slowDown,
  timeOut,
  truncateAnswer,
} from "../transport/fault-kinds.ts"
import { withFaults } from "../transport/faults.ts"
import { createWorld, person, type World, worldWithAda } from "./job.fixture.ts"
import { createProvisioningJob } from "./job.ts"

describe("the order of an answer's keys", () => {
  /** The same JSON with the members of every object in another order. */
  function shuffled(value: unknown, random: Random): unknown {
    if (Array.isArray(value)) return value.map((one) => shuffled(one, random))
    if (typeof value !== "object" || value === null) return value
    const members = Object.entries(value).map(([key, inner]) => [random.next(), key, shuffled(inner, random)] as const)
    return Object.fromEntries(members.toSorted(([a], [b]) => a - b).map(([, key, inner]) => [key, inner]))
  }

  function shufflingAnswers(transport: Transport, random: Random): Transport {
    return async (request) => {
      const answer: HttpResponse = await transport(request)
      const headers = shuffled(answer.headers, random) as HttpResponse["headers"]
      return { ...answer, headers, body: answer.body && JSON.stringify(shuffled(JSON.parse(answer.body), random)) }
    }
  }

  /** Every request of a story with updates, references, a restart and a return. */
  async function requestsOf(dialect: "entra" | "entra-optscim", random: Random | null): Promise<HttpRequest[]> {
    const world = createWorld({ dialect })
    const { tenant, application, clock, target, options } = world
    const transport = random === null ? target.transport : shufflingAnswers(target.transport, random)
    const job = createProvisioningJob({ ...options, transport })
    const [ada, bob] = [person(world, "ada"), person(world, "bob")]
    const group = tenant.createGroup({ displayName: "Pickers" }, { members: [ada, bob] })
    tenant.setManager(ada, bob)
    application.assign(group)
    target.resources.set("u9", {
      id: "u9",
      userName: "bob@orchard.example",
      emails: [{ type: "work", value: "old@orchard.example", primary: true }],
      name: { givenName: "Robert", familyName: "King" },
    })
    await job.start()
    tenant.update(ada, { jobTitle: "Picker", department: "Cider", mail: "ada@orchard.example", givenName: "Ada" })
    tenant.update(bob, { mail: "bob@orchard.example", surname: "Queen" })
    await clock.advance({ minutes: 40 })
    tenant.disable(bob)
    tenant.removeMember(group, ada)
    tenant.renameGroup(group, "Fruit pickers")
    await clock.advance({ minutes: 40 })
    tenant.enable(bob)
    await job.restart()
    return target.requests
  }

  it.each(["entra", "entra-optscim"] as const)(
    "WIRE-041 has no meaning: no request of %s depends on it, byte for byte",
    async (dialect) => {
      const plain = await requestsOf(dialect, null)
      expect(plain.length).toBeGreaterThan(25)
      for (const seed of [1, 2, 3, 4, 5]) expect(await requestsOf(dialect, createRandom(seed))).toEqual(plain)
    },
  )
})

/** Ada is assigned; faults stand in front of the target, on the job's clock. */
function worldWithFault(fault: (world: World) => HttpResponseResolver, method: "post" | "all" = "post"): World {
  const world = worldWithAda()
  const handlers = [http[method]("https://scim.test/v2/*", fault(world))]
  const transport = withFaults(world.target.transport, handlers, { clock: world.clock, timeoutMs: 100_000 })
  return { ...world, job: createProvisioningJob({ ...world.options, transport }) }
}

/** What is there in the end: one account, linked, and nothing left to retry. */
function expectOneAda(world: World): void {
  expect([...world.target.resources.values()].map((one) => one["userName"])).toEqual(["ada@orchard.example"])
  expect(world.job.links().map(({ targetId }) => targetId)).toEqual([...world.target.resources.keys()])
  expect(world.job.escrows()).toEqual([])
}

describe("a fault at the create", () => {
  it.each([
    ["500", answerWith(500), "InternalServerError"],
    ["503 with Retry-After", answerWith(503, { retryAfterSeconds: 30 }), "InternalServerError"],
    ["429", answerWith(429), "TooManyRequests"],
    ["400 with a SCIM error", answerWith(400), "SystemForCrossDomainIdentityManagementBadRequest"],
    ["403", answerWith(403), "Unauthorized"],
    ["501", answerWith(501), "NotImplemented"],
    ["timeout", timeOut(), "Timeout"],
    ["reset", breakConnection(), "WebExceptionProtocolError"],
    ["slower than the limit, and applied", slowDown(120_000), "Timeout"],
    ["truncated, and applied", truncateAnswer(), "SystemForCrossDomainIdentityManagementServiceIncompatible"],
    ["not JSON", answerHtml(), "SystemForCrossDomainIdentityManagementServiceIncompatible"],
    ["lost, and applied", loseAnswer(), "WebExceptionProtocolError"],
  ])("RES-03 ENG-RETRY-01 WIRE-220 %s: logged, and the retry leaves one account", async (_kind, fault, errorCode) => {
    const world = worldWithFault(() => firstRequests(1, fault))
    await world.clock.settle(world.job.start())
    expect(world.job.log()[0]?.provisioningStatusInfo.errorInformation).toMatchObject({ errorCode })
    await world.clock.advance({ minutes: 42 })
    expectOneAda(world)
  })

  it("ENG-RETRY-11 429 with Retry-After is waited out within the cycle", async () => {
    const world = worldWithFault(() => firstRequests(2, answerWith(429, { retryAfterSeconds: 30 })))
    await world.clock.settle(world.job.start())
    expectOneAda(world)
    expect(world.job.log()).toHaveLength(1)
  })

  it("a slow answer within the limit is no fault, and takes its time", async () => {
    const world = worldWithFault(() => slowDown(90_000))
    const startedMs = world.clock.now()
    await world.clock.settle(world.job.start())
    expectOneAda(world)
    expect(world.clock.now() - startedMs).toBe(90_000)
  })
})

describe("faults from a moment on", () => {
  it("ENG-CRED-06 credentials refused from the third request on, by count: the job is quarantined", async () => {
    const world = worldWithFault(() => afterRequests(2, refuseCredentials()), "all")
    await world.job.start()
    expect(world.job.condition().code).toBe("Quarantine")
  })

  it("ENG-CRED-06 ENG-QUAR-09 refused for an hour of virtual time: quarantined, and back by itself", async () => {
    const hour = { fromMs: 1_772_438_400_000 + 30 * 60_000, untilMs: 1_772_438_400_000 + 90 * 60_000 }
    const world = worldWithFault(({ clock }) => duringTime(clock, hour, refuseCredentials()), "all")
    await world.job.start()
    expectOneAda(world)
    await world.clock.advance({ minutes: 40 })
    expect(world.job.condition().code).toBe("Quarantine")
    await world.clock.advance({ hours: 2 })
    expect(world.job.condition()).toEqual({ schedule: "Active", code: "Active", quarantine: null })
  })
})

describe("a target whose filter lags behind its writes", () => {
  it("RES-03 meets a 409 at the retry of a lost create, and is found once the filter shows her; never two accounts", async () => {
    let isBehind = true
    const world = worldWithFault(() => firstRequests(1, loseAnswer()))
    world.target.intercept = ({ method, url }) =>
      isBehind && method === "GET" && url.includes("ada%40")
        ? { status: 200, headers: {}, body: '{"totalResults":0,"Resources":[]}' }
        : undefined
    await world.job.start()
    await world.clock.advance({ minutes: 40 })
    expect(world.job.escrows()).toMatchObject([{ errorCode: "EntryConflict" }])
    isBehind = false
    await world.clock.advance({ days: 1 })
    expectOneAda(world)
  })
})
