/** What a job tells about itself: e-mails, audit entries, its status in numbers, and what a create shows in the log. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import { describe, expect, it } from "vitest"
import type { User } from "../directory/model.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import { unauthorized } from "./fake-target.fixture.ts"
import { createWorld, type World, type WorldOptions } from "./job.fixture.ts"
import { createProvisioningJob } from "./job.ts"

function worldWithPeople(count: number, options: WorldOptions = {}): World & { people: User[] } {
  const world = createWorld(options)
  const people = Array.from({ length: count }, (_, index) =>
    world.tenant.createUser({ userPrincipalName: `p${index}@orchard.example`, displayName: `P${index}` }),
  )
  world.application.assign(...people)
  return { ...world, people }
}

describe("e-mails", () => {
  it("ENG-QUAR-11 one per quarantine however often it is imposed again, and another when its reason changes", async () => {
    const settings = { notificationEmail: "ops@orchard.example", deleteThreshold: 1 }
    const world = worldWithPeople(3, { settings })
    await world.job.start()
    world.target.intercept = unauthorized
    await world.clock.advance({ hours: 12 })
    expect(world.job.notifications()).toEqual([
      {
        sentAt: "2026-03-02T08:40:00.000Z",
        from: "azure-noreply@microsoft.com",
        to: "ops@orchard.example",
        subject: "Provisioning to Orchard is in quarantine",
        reason: "EncounteredQuarantineException",
        text: "The provisioning job is in quarantine because of EncounteredQuarantineException: The target answered HTTP 401: no.",
      },
    ])
    world.target.intercept = undefined
    world.application.unassign(...world.people)
    await world.clock.advance({ hours: 24 })
    expect(world.job.notifications().map(({ reason }) => reason)).toEqual([
      "EncounteredQuarantineException",
      "TooManyDeletes",
    ])
  })

  it("ENG-QUAR-11 a new quarantine after a good cycle is mailed again; without an address nobody is told", async () => {
    for (const [notificationEmail, count] of [
      ["ops@orchard.example", 2],
      [null, 0],
    ] as const) {
      const world = worldWithPeople(1, { settings: { notificationEmail } })
      world.target.intercept = unauthorized
      await world.job.start()
      world.target.intercept = undefined
      await world.clock.advance({ hours: 2 })
      world.target.intercept = unauthorized
      await world.clock.advance({ hours: 2 })
      expect(world.job.notifications()).toHaveLength(count)
    }
  })
})

describe("the audit log", () => {
  const activities = ({ job }: World): string[] => job.audit().map((entry) => entry.activityDisplayName)

  it("ENG-JOB-10 what administrators do, by the documented names", () => {
    const world = createWorld()
    world.job.updateCredentials({ token: "n3w" })
    world.job.updateSettings({ syncAll: true })
    world.job.updateMappings(defaultMappings())
    world.job.pause()
    expect(activities(world)).toEqual([
      "Add provisioning configuration",
      "Update provisioning setting or credentials",
      "Update provisioning setting or credentials",
      "Update attribute mappings or scope",
      "Disable/pause provisioning configuration",
    ])
    expect(world.job.audit()[0]).toMatchObject({
      category: "ProvisioningManagement",
      loggedByService: "Account Provisioning",
      result: "success",
      targetResources: [{ displayName: "Orchard", type: "ServicePrincipal" }],
    })
  })

  it("ENG-JOB-10 ENG-CYCLE-19 what the engine does with an object: Import, Synchronization rule action, Export", async () => {
    const world = worldWithPeople(1)
    await world.job.start()
    await world.job.restart()
    expect(activities(world)).toEqual([
      "Add provisioning configuration",
      "Enable/start provisioning configuration",
      "Enable/restart provisioning configuration",
      "Import",
      "Synchronization rule action",
      "Export",
      "Import",
      "Synchronization rule action",
      "Export",
    ])
    const [entry] = world.job.log()
    expect(world.job.audit()[3]).toMatchObject({
      correlationId: entry?.cycleId,
      targetResources: [{ id: world.people[0]?.id, displayName: "P0", type: "User" }],
    })
  })

  it("ENG-QUAR-12 each time a quarantine is imposed: Quarantine, failure, with its reason", async () => {
    const world = worldWithPeople(1)
    world.target.intercept = unauthorized
    await world.job.start()
    await world.clock.advance({ minutes: 30 })
    const quarantines = world.job.audit().filter((entry) => entry.activityDisplayName === "Quarantine")
    expect(quarantines.map(({ result, resultReason }) => [result, resultReason])).toEqual([
      [
        "failure",
        "This run profile is being quarantined because of: EncounteredQuarantineException; Error: The target answered HTTP 401: no.",
      ],
      [
        "failure",
        "This run profile is being quarantined because of: EncounteredQuarantineException; Error: The target answered HTTP 401: no.",
      ],
    ])
  })
})

describe("the status", () => {
  it("ENG-JOB-08 ENG-CYCLE-18 entries by type grow with links, do not shrink, and begin anew with the connector's store", async () => {
    const world = worldWithPeople(2)
    world.application.assign(world.tenant.createGroup({ displayName: "Pickers" }))
    const counts = () => world.job.status().synchronizedEntryCountByType
    expect(counts()).toEqual([])
    await world.job.start()
    expect(counts()).toEqual([
      { key: "User", value: 2 },
      { key: "Group", value: 1 },
    ])
    const [first] = world.people
    if (first === undefined) throw new Error("there are two")
    world.tenant.softDelete(first)
    await world.clock.advance({ days: 31 })
    expect(world.target.resources.has("u1")).toBe(false)
    expect(counts()).toContainEqual({ key: "User", value: 2 })
    await world.job.restart(["Full"])
    expect(counts()).toContainEqual({ key: "User", value: 1 })
  })

  it("ENG-CYCLE-18 GRAPH-631 progress counts pages while a cycle runs; there is none between cycles", async () => {
    const world = worldWithPeople(250)
    const seen: unknown[] = []
    world.target.intercept = (request) => {
      if (request.url.includes("p120%40") || request.url.includes("p249%40")) seen.push(world.job.status().progress)
      return undefined
    }
    await world.job.start()
    expect(world.job.status().progress).toEqual([])
    const observed = { units: "Pages", totalUnits: 3, progressObservationDateTime: "2026-03-02T08:00:00.000Z" }
    expect(seen).toEqual([[{ ...observed, completedUnits: 1 }], [{ ...observed, completedUnits: 2 }]])
  })

  it("ENG-REF-12 changes of references are counted apart", async () => {
    const world = worldWithPeople(2)
    await world.job.start()
    const [ada, bob] = world.people
    if (ada === undefined || bob === undefined) throw new Error("there are two")
    world.tenant.setManager(ada, bob)
    await world.clock.advance({ minutes: 40 })
    expect(world.job.status().lastExecution).toMatchObject({
      countImportedDeltas: 1,
      countImportedReferenceDeltas: 1,
    })
  })
})

describe("assignments", () => {
  it("ENG-SCOPE-11 by switch a new assignment becomes visible to the engine only after a while, and is not lost", async () => {
    const world = worldWithPeople(1, { settings: { assignmentPropagationDelayMs: 5 * 60_000 } })
    const [ada] = world.people
    if (ada === undefined) throw new Error("there is one")
    await world.job.start()
    expect(world.job.link("User", ada.id)).toBeNull()
    await world.clock.advance({ minutes: 36 })
    const late = world.tenant.createUser({ userPrincipalName: "late@orchard.example", displayName: "Late" })
    world.application.assign(late)
    await world.clock.advance({ minutes: 4 })
    expect(world.job.links().map(({ sourceId }) => sourceId)).toEqual([ada.id])
    await world.clock.advance({ minutes: 40 })
    expect(world.job.link("User", late.id)).not.toBeNull()
  })

  it("ENG-SCOPE-11 through a group too; an older change of the same person is not held up for ever", async () => {
    const world = worldWithPeople(1, { settings: { assignmentPropagationDelayMs: 5 * 60_000 } })
    await world.clock.advance({ minutes: 10 })
    await world.job.start()
    const eve = world.tenant.createUser({ userPrincipalName: "eve@orchard.example", displayName: "Eve" })
    await world.clock.advance({ minutes: 38 })
    world.application.assign(world.tenant.createGroup({ displayName: "Pickers" }, { members: [eve] }))
    await world.clock.advance({ minutes: 2 })
    expect(world.job.link("User", eve.id)).toBeNull()
    await world.clock.advance({ minutes: 40 })
    expect(world.job.link("User", eve.id)).not.toBeNull()
    expect(world.target.resources.get("g1")).toMatchObject({ members: ["u2"] })
  })
})

it("ENG-LOG-12 a create lists the values of the source beside what was written", async () => {
  const world = worldWithPeople(1)
  const [ada] = world.people
  await world.job.start()
  const listed = new Map(world.job.log()[0]?.modifiedProperties.map((one) => [one.displayName, one.newValue]))
  expect(listed.get("objectId")).toBe(ada?.id)
  expect(listed.get("accountEnabled")).toBe("True")
  expect(listed.get("IsSoftDeleted")).toBe("False")
  expect(listed.get("userPrincipalName")).toBe("p0@orchard.example")
  expect(listed.get("userName")).toBe("p0@orchard.example")
  expect(JSON.parse(listed.get("appRoleAssignments") ?? "")).toEqual(["User"])
})

describe("a job in a file", () => {
  it("ENG-JOB-05 is deleted with all its state; the target stays as it is, and other jobs keep theirs", async () => {
    const folder = mkdtempSync(join(tmpdir(), "scimulate-job-"))
    try {
      const db = join(folder, "job.db")
      const world = worldWithPeople(1, { db })
      const other = createProvisioningJob({ ...world.options })
      await world.job.start()
      await other.start()
      const { id } = world.job
      world.job.delete()
      expect(world.target.resources.size).toBe(1)
      const again = createProvisioningJob({ ...world.options, id })
      expect([again.links(), again.log(), again.cycles(), again.condition().code]).toEqual([[], [], [], "Paused"])
      const kept = createProvisioningJob({ ...world.options, id: other.id })
      expect(kept.links()).toHaveLength(1)
      for (const job of [again, kept, other]) job.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it("ENG-DEL-06 allowed deletes survive a crash before the cycle that sends them", async () => {
    const folder = mkdtempSync(join(tmpdir(), "scimulate-job-"))
    try {
      const world = worldWithPeople(3, { db: join(folder, "job.db"), settings: { deleteThreshold: 1 } })
      await world.job.start()
      world.application.unassign(...world.people)
      await world.clock.advance({ minutes: 40 })
      expect(world.job.condition().quarantine?.reason).toBe("TooManyDeletes")
      // As if the process died in the middle of that cycle: its requests are never answered.
      world.target.intercept = () => {
        throw new Error("the process is gone")
      }
      await expect(world.job.restart(["ForceDeletes"])).rejects.toThrow("gone")
      world.job.close()
      world.target.intercept = undefined
      const job = createProvisioningJob({ ...world.options, id: world.job.id })
      await world.clock.advance({ minutes: 1 })
      expect([...world.target.resources.values()].map((one) => one["active"])).toEqual([false, false, false])
      job.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it("a file of something else is refused", () => {
    const folder = mkdtempSync(join(tmpdir(), "scimulate-job-"))
    try {
      const db = join(folder, "other.db")
      writeFileSync(db, "")
      const other = new Database(db)
      other.pragma("user_version = 7")
      other.close()
      expect(() => createWorld({ db })).toThrow(/holds no job of this version/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
