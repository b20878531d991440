import { describe, expect, it } from "vitest"
import type { QuarantineCause } from "./quarantine.ts"
import { cycleEnded, disabled, FRESH_JOB, paused, started } from "./state.ts"

const cause: QuarantineCause = {
  reason: "EncounteredQuarantineException",
  error: { code: "SystemForCrossDomainIdentityManagementInvalidCredentials", message: "no", tenantActionable: true },
}
const refused = { kind: "quarantined", cause, ranToEnd: false } as const
const healthy = { kind: "healthy" } as const
const active = cycleEnded(started(FRESH_JOB, { hasWatermark: false }), healthy, 0)
const quarantined = cycleEnded(active, refused, 1000)

describe("the state machine", () => {
  it("RES-12 GRAPH-620 a fresh job is Disabled/Paused", () => {
    expect(FRESH_JOB).toMatchObject({ schedule: "Disabled", code: "Paused" })
  })

  it("ENG-JOB-03 start of a fresh job: Active/NotRun; after the initial cycle Active/Active", () => {
    expect(started(FRESH_JOB, { hasWatermark: false })).toMatchObject({ schedule: "Active", code: "NotRun" })
    expect(active).toMatchObject({ schedule: "Active", code: "Active", quarantine: null })
  })

  it("ENG-JOB-03 start of a paused job resumes", () => {
    expect(started(paused(active), { hasWatermark: true })).toMatchObject({ schedule: "Active", code: "Active" })
  })

  it("ENG-JOB-04 GRAPH-624 pause: Disabled/Paused", () => {
    expect(paused(active)).toMatchObject({ schedule: "Disabled", code: "Paused" })
  })

  it("ENG-CYCLE-10 a cycle that ends after the pause does not start the job again", () => {
    expect(cycleEnded(paused(active), healthy, 0)).toMatchObject({ schedule: "Disabled", code: "Paused" })
  })

  it("ENG-QUAR-01 GRAPH-626 a refused job is Active/Quarantine and counts its failures", () => {
    expect(quarantined).toMatchObject({ schedule: "Active", code: "Quarantine", successiveFailures: 1 })
    expect(cycleEnded(quarantined, refused, 2000)).toMatchObject({ successiveFailures: 2 })
  })

  it("ENG-QUAR-09 the next attempt lifts it when the cause is gone; the series is over", () => {
    const lifted = cycleEnded(quarantined, healthy, 2000)
    expect(lifted).toMatchObject({ code: "Active", quarantine: null, successiveFailures: 0 })
    expect(cycleEnded(lifted, refused, 3000).quarantine).toMatchObject({ seriesBeganMs: 3000, seriesCount: 1 })
  })

  it("ENG-QUAR-09 start lifts it; a restart of the watermark alone keeps it", () => {
    expect(started(quarantined, { hasWatermark: true })).toMatchObject({ code: "Active", quarantine: null })
    expect(started(quarantined, { hasWatermark: false, keepsQuarantine: true })).toMatchObject({ code: "Quarantine" })
  })

  it("ENG-QUAR-08 ENG-JOB-11 disabled: stops running and still says Quarantine", () => {
    expect(disabled(quarantined)).toMatchObject({ schedule: "Disabled", code: "Quarantine", quarantine: cause })
  })

  it("ENG-RETRY-09 an initial cycle with too many failures prunes and pauses", () => {
    const initial = started(FRESH_JOB, { hasWatermark: false })
    expect(cycleEnded(initial, { kind: "pruned" }, 0)).toMatchObject({
      schedule: "Disabled",
      code: "Paused",
      escrowsPruned: true,
      quarantine: null,
    })
  })
})
