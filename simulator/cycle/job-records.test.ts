/** What a job keeps of its cycles: quiet ones are written together, and nothing that was read or ended properly is lost. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openJobDatabase } from "./job-database.ts"
import { cycleMinutes, person, type World, worldWithAda } from "./job.fixture.ts"
import { JobRecords } from "./job-records.ts"
import { createProvisioningJob } from "./job.ts"
import { type CycleSummary, newCounts } from "./summary.ts"

function cycle(id: string): CycleSummary {
  const counts = { ...newCounts(), requests: 2, escrowed: 0, escrowedBySystem: 0 }
  const at = "2026-03-02T08:40:00.000Z"
  return { id, kind: "incremental", startedAt: at, endedAt: at, counts, state: "Succeeded", error: null }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

let folder: string
let db: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scimulate-records-"))
  db = join(folder, "job.db")
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Cycles in the file, as another process sees them. */
function writtenCycles(): number {
  const file = new Database(db, { readonly: true })
  const rows = file.prepare<[], { summaries: string }>("select summaries from job_cycles").all()
  file.close()
  return rows.flatMap((row): unknown[] => JSON.parse(row.summaries)).length
}

describe("quiet cycles", () => {
  it("are written together at the next turn of the event loop, and at once where somebody reads them or another cycle follows", async () => {
    const database = openJobDatabase(db)
    const records = new JobRecords(database, 1)
    records.addCycleSoon(cycle("a"), 40)
    records.addCycleSoon(cycle("b"), 80)
    expect([writtenCycles(), records.nextStartMs]).toEqual([0, 80])
    await nextTurn()
    expect(writtenCycles()).toBe(2)
    records.addCycleSoon(cycle("c"), 120)
    expect(records.cycles().map(({ id }) => id)).toEqual(["a", "b", "c"])
    records.addCycleSoon(cycle("d"), 160)
    records.addCycle(cycle("e"), 200)
    expect(new JobRecords(database, 1).cycles().map(({ id }) => id)).toEqual(["a", "b", "c", "d", "e"])
    expect(new JobRecords(database, 1).nextStartMs).toBe(200)
    expect(new JobRecords(database, 2).nextStartMs).toBeNull()
    database.close()
  })

  it("are kept where the file can't be written, until it can be", async () => {
    const database = openJobDatabase(db)
    const records = new JobRecords(database, 1)
    database.pragma("query_only = on")
    records.addCycleSoon(cycle("a"), 40)
    await nextTurn()
    expect(() => records.addCycle(cycle("b"), 80)).toThrow(/readonly/)
    database.pragma("query_only = off")
    records.addCycle(cycle("b"), 80)
    expect(records.cycles().map(({ id }) => id)).toEqual(["a", "b"])
    database.close()
  })

  it("ENG-CYCLE-06 of a job that is closed are all there when it is opened again, and so is its schedule", async () => {
    const world = worldWithAda({ db })
    await world.job.start()
    await world.clock.advance({ minutes: 100 })
    world.job.close()
    expect(writtenCycles()).toBe(3)
    const job = createProvisioningJob({ ...world.options, id: world.job.id })
    await world.clock.advance({ minutes: 20 })
    expect(cycleMinutes({ ...world, job })).toEqual([0, 40, 80, 120])
    job.close()
  })

  it("ENG-CYCLE-06 that a killed process had not written are run again: what the job keeps goes on from the last one", async () => {
    const world = worldWithAda({ db })
    await world.job.start()
    const requests = (): number => world.target.requests.length
    const before = requests()
    await world.clock.advance({ minutes: 40 })
    // A copy of the file shows what a process that was killed at this moment leaves behind.
    const copy = join(folder, "killed.db")
    new Database(db, { readonly: true }).prepare("vacuum into ?").run(copy)
    world.job.close()
    expect(requests() - before).toBe(2)
    const job = createProvisioningJob({ ...world.options, id: world.job.id, db: copy })
    await world.clock.advance({ minutes: 40 })
    expect(requests() - before).toBeGreaterThanOrEqual(4)
    expect([job.condition().code, job.links().length, world.target.resources.size]).toEqual(["Active", 1, 1])
    job.close()
  })
})

describe("the next start", () => {
  const reopened = (world: World) => createProvisioningJob({ ...world.options, id: world.job.id })

  it("ENG-CYCLE-11 that was set since the last cycle holds after a restart of the process, and for one cycle only", async () => {
    const world = worldWithAda({ db })
    await world.job.start()
    await world.clock.advance({ minutes: 10 })
    // A save of the mapping runs a cycle at once, which this process does not live to see.
    world.job.restoreDefaultMappings()
    world.job.close()
    const job = reopened(world)
    await world.clock.advance({ minutes: 60 })
    expect(cycleMinutes({ ...world, job })).toEqual([0, 10, 50])
    expect(job.cycles().map(({ kind }) => kind)).toEqual(["initial", "initial", "incremental"])
    job.close()
  })

  it("ENG-DEL-06 allowed deletes hold for one cycle, although nothing is there to be deleted", async () => {
    const world = worldWithAda({ settings: { deleteThreshold: 1 } })
    const others = ["bob", "cleo"].map((name) => person(world, name))
    world.application.assign(...others)
    await world.job.start()
    await world.job.restart(["ForceDeletes"])
    world.application.unassign(world.user, ...others)
    await world.clock.advance({ minutes: 40 })
    expect(world.job.condition().quarantine?.reason).toBe("TooManyDeletes")
  })
})
