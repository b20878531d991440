/** Failures of the job itself: quarantine, its rhythm, and every way out of it (ENG-QUAR, ENG-CRED). */
import { describe, expect, it } from "vitest"
import type { ProvisioningJob } from "./job-interface.ts"
import { worldWithAda, cycleMinutes, person } from "./job.fixture.ts"
import { isProbe, respond, unauthorized, problem } from "./fake-target.fixture.ts"
import { TransportError } from "../../protocol/index.ts"

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

  it("ENG-QUAR-07 ENG-QUAR-08 WIRE-218 is tried after 30 minutes, doubling to daily, and disabled after four weeks", async () => {
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

  it.each([
    ["start", (job: ProvisioningJob) => job.start(), true],
    ["the portal's restart", (job: ProvisioningJob) => job.restart(), true],
    ["a restart with QuarantineState", (job: ProvisioningJob) => job.restart(["QuarantineState"]), true],
    ["changed mappings", (job: ProvisioningJob) => job.restoreDefaultMappings(), true],
    ["a restart with Watermark alone", (job: ProvisioningJob) => job.restart(["Watermark"]), false],
    ["new credentials alone", (job: ProvisioningJob) => job.updateCredentials({ token: "new" }), false],
    ["a pause", (job: ProvisioningJob) => job.pause(), false],
  ] as const)("ENG-QUAR-09 %s: lifted at once %s", async (_way, act, isLifted) => {
    const world = worldWithAda()
    world.target.intercept = unauthorized
    await world.job.start()
    let quarantineOfCycle: unknown = "no request came"
    // The cause is gone, and the next attempt would say so; what counts is how the way out leaves the job before it.
    world.target.intercept = () => {
      quarantineOfCycle = world.job.condition().quarantine
      return undefined
    }
    const acted = act(world.job)
    const before = world.job.condition().quarantine
    await acted
    await world.clock.advance({ ms: 0 })
    expect((quarantineOfCycle === "no request came" ? before : quarantineOfCycle) === null).toBe(isLifted)
  })

  it.each(["QuarantinedOnDemand", "IngestionInterrupted", "Unknown"] as const)(
    "ENG-QUAR-02 %s is imposed by hand, and looked at again like any other",
    async (reason) => {
      const world = worldWithAda()
      expect(() => world.job.quarantine(reason)).toThrow(/Only a job that runs/)
      await world.job.start()
      world.job.quarantine(reason)
      expect(world.job.status()).toMatchObject({
        code: "Quarantine",
        quarantine: { reason, seriesCount: 1, error: { tenantActionable: false } },
      })
      await world.clock.advance({ minutes: 30 })
      expect(world.job.condition()).toEqual({ schedule: "Active", code: "Active", quarantine: null })
      expect(cycleMinutes(world)).toEqual([0, 30])
    },
  )

  it.each([
    ["EncounteredEscrowProportionThreshold", { minimumFailures: 1 }, 1],
    ["EncounteredBaseEscrowThreshold", { minimumFailures: 1, baseFailures: 1 }, 2],
    ["EncounteredTotalEscrowThreshold", { minimumFailures: 1, totalFailures: 1 }, 2],
  ] as const)("ENG-QUAR-02 %s by the counts, scaled down", async (reason, quarantine, failures) => {
    const world = worldWithAda({ settings: { quarantine } })
    const other = person(world, "bob")
    world.application.assign(other)
    await world.job.start()
    world.target.intercept = ({ method }) => (method === "PATCH" ? respond(500, "oops") : undefined)
    for (const user of [world.user, other].slice(0, failures)) world.tenant.update(user, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 40 })
    expect(world.job.condition().quarantine?.reason).toBe(reason)
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
