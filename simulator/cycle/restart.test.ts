/** What administrators do to a job: start, pause, restart with each scope, other mappings, a job reopened (ENG-JOB, ENG-RESTART). */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { patch, deactivate, linkedAda, logOfLastCycle } from "./next-cycle.fixture.ts"
import { createWorld, cycleMinutes, worldWithAda } from "./job.fixture.ts"
import { unauthorized } from "./fake-target.fixture.ts"
import { createProvisioningJob } from "./job.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import type { ProvisioningMappings } from "../mapping/model.ts"
import { parseMappings } from "../mapping/schema-json/load.ts"
import { saveMappings } from "../mapping/schema-json/save.ts"

describe("restarts with something not yet processed", () => {
  it("row 45 ENG-RESTART-06 restart of the portal: the person unassigned meanwhile is disabled", async () => {
    const world = await linkedAda()
    world.application.unassign(world.user)
    await world.job.restart()
    expect(world.target.take()).toEqual(["GET /Users/u1", patch("/Users/u1", deactivate)])
    expect(logOfLastCycle(world.job)).toEqual(["Ada disable/success"])
  })

  it("row 45 ENG-RESTART-06 by switch the restart leaves the person alone", async () => {
    const world = await linkedAda({ restartDisables: false })
    world.application.unassign(world.user)
    await world.job.restart()
    expect(world.target.take()).toEqual([])
  })

  it("ENG-RESTART-06 ENG-DELTA-06 a deletion that no cycle has seen is lost in a restart", async () => {
    const world = await linkedAda()
    world.tenant.softDelete(world.user)
    await world.job.restart()
    expect(world.target.take()).toEqual([])
  })

  it("row 46 ENG-RESTART-05 restart with Full: the link is gone, the account stays active", async () => {
    const world = await linkedAda()
    world.application.unassign(world.user)
    await world.job.restart(["Full"])
    expect(world.target.take()).toEqual([])
    expect(logOfLastCycle(world.job)).toEqual(["Ada create/skipped NotEffectivelyEntitled"])
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

describe("states", () => {
  it("ENG-JOB-01 ENG-JOB-02 RES-12 from fresh to running, paused, refused and disabled", async () => {
    const world = worldWithAda()
    const seen = (): string => `${world.job.schedule().state}/${world.job.status().code}`
    expect(seen()).toBe("Disabled/Paused")
    let duringInitial = ""
    world.target.intercept = () => {
      duringInitial = seen()
      return undefined
    }
    await world.job.start()
    expect(duringInitial).toBe("Active/NotRun")
    expect(seen()).toBe("Active/Active")
    world.job.pause()
    expect(seen()).toBe("Disabled/Paused")
    await world.job.start()
    world.target.intercept = unauthorized
    await world.clock.advance({ minutes: 40 })
    expect(seen()).toBe("Active/Quarantine")
    await world.clock.advance({ days: 29 })
    expect(seen()).toBe("Disabled/Quarantine")
  })
})

describe("mappings and filters put back", () => {
  const pickersOnly = (): ProvisioningMappings => {
    const { user, group } = defaultMappings()
    const clauses = [{ attribute: "department", operator: "EQUALS", values: ["Pickers"] }]
    return { user: { ...user, scope: [{ name: "pickers", clauses }] }, group }
  }

  it("ENG-JOB-09 a schema that was saved and is put back: an initial cycle, and who fails its filters is disabled", async () => {
    const world = worldWithAda({ mappings: pickersOnly() })
    const backup = JSON.stringify(saveMappings(pickersOnly()))
    world.job.updateMappings(defaultMappings())
    await world.job.start()
    expect(world.target.resources.get("u1")).toMatchObject({ active: true })
    world.job.updateMappings(parseMappings(backup).mappings)
    await world.clock.advance({ ms: 0 })
    expect(world.job.cycles().map(({ kind }) => kind)).toEqual(["initial", "initial"])
    expect(world.target.resources.get("u1")).toMatchObject({ active: false })
  })

  it.each([
    [false, false],
    [true, true],
  ])(
    "ENG-FILTER-06 a filter saved: a full sync at once; who was provisioned and fails it is disabled, unless (%s) out-of-scope deletions are skipped",
    async (skipOutOfScopeDeletions, active) => {
      const world = worldWithAda({ settings: { skipOutOfScopeDeletions } })
      await world.job.start()
      world.job.updateMappings(pickersOnly())
      await world.clock.advance({ ms: 0 })
      expect(world.job.cycles().map(({ kind }) => kind)).toEqual(["initial", "initial"])
      expect(world.target.resources.get("u1")).toMatchObject({ active })
    },
  )

  it("ENG-MAP-10 the default mappings restored: mappings and filters, and everything is looked at again", async () => {
    const world = worldWithAda({ mappings: pickersOnly() })
    await world.job.start()
    expect(world.job.links()).toEqual([])
    world.job.restoreDefaultMappings()
    await world.clock.advance({ ms: 0 })
    expect(world.job.cycles().map(({ kind }) => kind)).toEqual(["initial", "initial"])
    expect(world.job.links()).toHaveLength(1)
    expect(world.job.audit().map((entry) => entry.activityDisplayName)).toContain("Update attribute mappings or scope")
  })
})
