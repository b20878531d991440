import { http } from "msw"
import { describe, expect, it } from "vitest"

import {
  answerWith,
  createIdSource,
  createRandom,
  firstRequests,
  loseAnswer,
  SystemClock,
  VirtualClock,
} from "../simulator/index.ts"
import { createTarget } from "../target/index.ts"
import { scenario, type Scenario } from "./define.ts"
import { runCases, type RunOptions } from "./run.ts"

function scenarioOf(run: Scenario["run"], more: Partial<Scenario> = {}): Scenario {
  return scenario({
    id: "a-story",
    title: "A story",
    suite: "lifecycle",
    requirement: { source: "entra", ref: "", level: "entra" },
    facts: [],
    needs: [],
    clients: ["entra", "entra-optscim"],
    confidence: "documented",
    why: "",
    fix: "Fix it.",
    defects: [],
    dialects: ["entra", "entra-optscim"],
    run,
    ...more,
  })
}

async function run(story: Scenario, more: Partial<RunOptions> = {}) {
  return runCases({ cases: [story], target: { kind: "embedded" }, seed: 1, clock: new SystemClock(), ...more })
}

function shared() {
  const target = createTarget({
    clock: new VirtualClock(0),
    ids: createIdSource(createRandom(3)),
    tokens: ["t0ken-t0ken"],
  })
  return {
    kind: "in-process" as const,
    handler: (request: Request) => target.fetch(request),
    credentials: { token: "t0ken-t0ken" },
  }
}

const lifeOfUser = scenarioOf(async ({ tenant, app, job, clock, target, people, expect, step }) => {
  step("assign")
  const ada = tenant.createUser(people.directoryUser())
  app.assign(ada)
  await job.start()
  expect(job).toBeActive()
  expect(job).toHaveProvisioned(1)
  await expect(target).toConverge()
  step("rename")
  tenant.update(ada, { surname: "King", jobTitle: null })
  await clock.advance({ minutes: 40 })
  await expect(target).toConverge()
  step("disable")
  tenant.disable(ada)
  await clock.advance({ minutes: 40 })
  expect(job).toHaveProvisioned(0)
  await expect(target).toConverge()
  step("delete for good")
  tenant.softDelete(ada)
  tenant.purge(ada)
  await clock.advance({ minutes: 40 })
  await expect(target).toConverge()
})

const lifeOfGroup = scenarioOf(async ({ tenant, app, job, clock, target, people, expect }) => {
  const [ada, grace, alan] = [0, 1, 2].map(() => tenant.createUser(people.directoryUser()))
  if (ada === undefined || grace === undefined || alan === undefined) return
  tenant.setManager(ada, grace)
  const group = tenant.createGroup({ displayName: people.unique("group") }, { members: [ada, grace] })
  app.assign(group)
  await job.start()
  expect(job).toHaveProvisioned(2)
  await expect(target).toConverge()
  tenant.addMember(group, alan)
  tenant.removeMember(group, grace)
  tenant.renameGroup(group, people.unique("renamed"))
  await clock.advance({ hours: 1 })
  await expect(target).toConverge()
  tenant.deleteGroup(group)
  await clock.advance({ hours: 1 })
  await expect(target).toConverge()
})

describe("a scenario's world", () => {
  it("plays a life of a user in both dialects, and both oracles are content", async () => {
    const { cases, cycles, provisioningLogs, exchanges, run: facts } = await run(lifeOfUser)
    expect(cases.map(({ key, status, error, findings }) => [key, status, error, findings])).toEqual([
      ["a-story@entra", "passed", undefined, []],
      ["a-story@entra-optscim", "passed", undefined, []],
    ])
    expect(cases[0]?.excuses).toEqual([{ fact: "MAP-501", count: 1 }])
    expect(cases[0]?.steps[0]).toEqual({ title: "assign", at: "2026-01-05T08:00:00.000Z" })
    expect(cycles.filter(({ case: key }) => key === "a-story@entra").map(({ kind }) => kind)).toEqual([
      "initial",
      "incremental",
      "incremental",
      "incremental",
    ])
    expect(provisioningLogs[0]).toMatchObject({ case: "a-story@entra", provisioningAction: "create" })
    expect(facts.virtualDurationMs).toBe(2 * 3 * 40 * 60_000)
    expect(new Set(exchanges.map(({ request }) => request.method))).toEqual(new Set(["GET", "POST", "PATCH", "DELETE"]))
  })

  it("ENG-DEPROV-03 lets a month pass in a moment, and keeps the log that the job drops meanwhile", async () => {
    const story = scenarioOf(
      async ({ tenant, app, job, clock, target, people, expect }) => {
        const ada = tenant.createUser(people.directoryUser())
        app.assign(ada)
        await job.start()
        tenant.softDelete(ada)
        await clock.advance({ days: 31 })
        await expect(target).toConverge()
      },
      { dialects: ["entra"] },
    )
    const { cases, cycles, provisioningLogs } = await run(story)
    expect(cases.map(({ status, error, findings }) => [status, error, findings])).toEqual([["passed", undefined, []]])
    expect(provisioningLogs.map(({ provisioningAction }) => provisioningAction)).toEqual([
      "create",
      "disable",
      "delete",
    ])
    // A thousand cycles ran; those in which nothing happened are not worth a line.
    expect(cycles).toHaveLength(3)
  })

  it("plays a life of a group with a manager, and both oracles are content", async () => {
    const { cases } = await run(lifeOfGroup)
    expect(cases.map(({ status, error, findings }) => [status, error, findings])).toEqual([
      ["passed", undefined, []],
      ["passed", undefined, []],
    ])
  })

  it("sends the same requests for the same seed, to the byte, at any concurrency", async () => {
    const wire = async (options: Partial<RunOptions>) =>
      (await run(lifeOfGroup, options)).exchanges.map(({ id, request, response }) => ({ id, request, response }))
    const once = await wire({ seed: 7 })
    expect(once.length).toBeGreaterThan(50)
    expect(await wire({ seed: 7, concurrency: 2 })).toEqual(once)
    expect(await wire({ seed: 8 })).not.toEqual(once)
  })

  it("cleans up what the job created on a shared endpoint, and gives the same requests for the same seed", async () => {
    const target = shared()
    const requests = async () => {
      const { cases, exchanges, leftovers } = await run(lifeOfGroup, { target, concurrency: 2 })
      expect(cases.map(({ status, error, findings }) => [status, error, findings])).toEqual([
        ["passed", undefined, []],
        ["passed", undefined, []],
      ])
      expect(leftovers).toEqual([])
      // Only the ids that the endpoint gives differ from run to run.
      return exchanges.map(({ id, request: { method, body } }) => ({ id, method, hasBody: body !== null }))
    }
    expect(await requests()).toEqual(await requests())
    const left = await target.handler(
      new Request("http://localhost/scim/v2/Users", { headers: { authorization: "Bearer t0ken-t0ken" } }),
    )
    expect(JSON.parse(await left.text())).toMatchObject({ totalResults: 0 })
  })

  const expiry = scenarioOf(async ({ tenant, app, job, clock, target, people, expect }) => {
    const ada = tenant.createUser(people.directoryUser())
    app.assign(ada)
    await job.start()
    const token = await target.rotateToken()
    tenant.update(ada, { surname: "King" })
    await clock.advance({ hours: 1 })
    expect(job).toBeInQuarantine("EncounteredQuarantineException")
    job.updateCredentials({ token })
    await clock.advance({ hours: 4 })
    expect(job).toBeActive()
    await expect(target).toConverge()
    await target.expireToken()
    await clock.advance({ hours: 1 })
    expect(job).toBeInQuarantine()
    await target.renewToken()
    await clock.advance({ hours: 4 })
    expect(job).toBeActive()
  })

  it("rotates and expires the tokens of the embedded target itself", async () => {
    const { cases } = await run(expiry)
    expect(cases.map(({ status, simulated, error, findings }) => [status, simulated, error, findings])).toEqual([
      ["passed", undefined, undefined, []],
      ["passed", undefined, undefined, []],
    ])
  })

  it("lets a fault stand in where the endpoint's tokens are not in our hand, and says so", async () => {
    const { cases, exchanges } = await run(expiry, { target: shared() })
    expect(cases.map(({ status, simulated, error, findings }) => [status, simulated, error, findings])).toEqual([
      ["passed", true, undefined, []],
      ["passed", true, undefined, []],
    ])
    const refused = exchanges.filter(({ response }) => response?.status === 401)
    expect(new Set(refused.map(({ fault }) => fault))).toEqual(
      new Set(["refused credentials, standing in for the endpoint"]),
    )
  })

  it("puts faults in front of the job alone, and a lost answer leaves no double behind", async () => {
    const story = scenarioOf(async ({ tenant, app, job, clock, target, people, expect }) => {
      target.addFaults(http.post("*/Users", firstRequests(1, loseAnswer())))
      app.assign(tenant.createUser(people.directoryUser()))
      await job.start()
      await clock.advance({ hours: 1 })
      await expect(target).toConverge()
      target.addFaults(http.all("*", answerWith(503)))
      expect(await target.scim.get("/Users")).toHaveStatus(200)
      target.clearFaults()
    })
    const { cases, exchanges } = await run(story)
    expect(cases.map(({ status, error, findings }) => [status, error, findings])).toEqual([
      ["passed", undefined, []],
      ["passed", undefined, []],
    ])
    expect(exchanges.find(({ fault }) => fault !== undefined)).toMatchObject({ fault: "lost answer", response: null })
  })

  it("lets the answer oracle speak of what the job met, unless the story allows it", async () => {
    const target = shared()
    const handler = async (request: Request) => {
      const answer = await target.handler(request)
      return request.method === "PATCH" ? Response.json({ detail: "no" }, { status: 400 }) : answer
    }
    const story = scenarioOf(
      async ({ tenant, app, job, clock, people }) => {
        const ada = tenant.createUser(people.directoryUser())
        app.assign(ada)
        await job.start()
        tenant.update(ada, { surname: "King" })
        await clock.advance({ minutes: 40 })
      },
      { dialects: ["entra"] },
    )
    const { cases } = await run(story, { target: { ...target, handler } })
    expect(cases[0]).toMatchObject({ status: "failed" })
    expect(cases[0]?.findings.map(({ code, severity }) => [code, severity])).toEqual([
      ["patch-refused", "failure"],
      ["error-form", "warning"],
    ])
    const allowed = { ...story, allows: ["patch-refused", "error-form"] }
    expect((await run(allowed, { target: { ...target, handler } })).cases[0]?.status).toBe("passed")
  })

  it("ENG-CYCLE-16 switches the group mapping off where the endpoint has no groups", async () => {
    const target = shared()
    const handler = (request: Request) => {
      const { pathname } = new URL(request.url)
      const isGone = /(Groups|ResourceTypes|Schemas|ServiceProviderConfig)/.test(pathname)
      return isGone ? new Response(null, { status: 404 }) : target.handler(request)
    }
    const { cases, target: facts } = await run(lifeOfUser, { target: { ...target, handler } })
    expect(facts.capabilities).toContainEqual({ name: "groups", advertised: false, proven: null })
    expect(cases.map(({ status }) => status)).toEqual(["passed", "passed"])
  })

  it("waits for what is on its way when it is interrupted, and cleans that up too", async () => {
    const target = shared()
    const controller = new AbortController()
    const handler = async (request: Request) => {
      if (request.method !== "POST") return target.handler(request)
      controller.abort()
      await new Promise((resolve) => setImmediate(resolve))
      return target.handler(request)
    }
    const { cases, exchanges } = await run(lifeOfUser, {
      target: { ...target, handler },
      signal: controller.signal,
      concurrency: 1,
    })
    expect(cases.map(({ status, skipReason, error }) => [status, skipReason, error])).toEqual([
      ["skipped", "the run was interrupted", undefined],
      ["skipped", "the run was interrupted", undefined],
    ])
    expect(exchanges.at(-1)).toMatchObject({ request: { method: "DELETE" }, response: { status: 204 } })
  })

  it("speaks of what is left to retry where convergence is asked for too early", async () => {
    const story = scenarioOf(
      async ({ tenant, app, job, target, people, expect }) => {
        target.addFaults(http.post("*/Users", answerWith(503)))
        app.assign(tenant.createUser(people.directoryUser()))
        await job.start()
        await expect(target).toConverge()
      },
      { dialects: ["entra"] },
    )
    const { cases } = await run(story)
    expect(cases[0]?.findings).toMatchObject([{ message: "1 object failed and must be retried", severity: "failure" }])
  })
})
