/** Entries of the provisioning log, as a live record shows them (ENG-LOG). */
import { describe, expect, it } from "vitest"
import { defaultMappings } from "../mapping/defaults.ts"
import { problem, respond } from "./fake-target.fixture.ts"
import { createWorld, person, type World, worldWithAda } from "./job.fixture.ts"

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
    person(world, "ada")
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
    const user = world.tenant.disable(person(world, "ada"))
    const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [user, person(world, "bob")] })
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

describe("what Redact hides", () => {
  it("FN-REDACT-1 the value is sent as it is, and the log shows [Redact] in its place, of the source too", async () => {
    const { user, group } = defaultMappings()
    const attributes = user.attributes.map((row) =>
      row.target === "title" ? { ...row, source: "Redact([jobTitle])" } : row,
    )
    const world = createWorld({ mappings: { user: { ...user, attributes }, group } })
    const ada = world.tenant.createUser({
      userPrincipalName: "ada@orchard.example",
      displayName: "Ada",
      jobTitle: "s3cret-one",
    })
    world.application.assign(ada)
    await world.job.start()
    expect(world.target.resources.get("u1")).toMatchObject({ title: "s3cret-one" })
    world.tenant.update(ada, { jobTitle: "s3cret-two" })
    await world.clock.advance({ minutes: 40 })
    expect(world.target.resources.get("u1")).toMatchObject({ title: "s3cret-two" })
    const titles = world.job
      .log()
      .flatMap((entry) => entry.modifiedProperties)
      .filter(({ displayName }) => displayName === "title" || displayName === "jobTitle")
    expect(titles).toEqual([
      { displayName: "jobTitle", oldValue: null, newValue: "[Redact]" },
      { displayName: "title", oldValue: null, newValue: "[Redact]" },
      { displayName: "title", oldValue: "[Redact]", newValue: "[Redact]" },
    ])
    expect(JSON.stringify([world.job.log(), world.job.audit()])).not.toContain("s3cret-")
  })
})

describe("what entries can say", () => {
  /** One job in which everything happens that an entry can tell of. */
  async function eventful(): Promise<World> {
    const world = createWorld({ settings: { deleteThreshold: 1 } })
    const { tenant, application, job, clock, target } = world
    const next = () => clock.advance({ minutes: 40 })
    const [ada, bob, cleo, dora] = ["ada", "bob", "cleo", "dora"].map((name) => person(world, name))
    if (ada === undefined || bob === undefined || cleo === undefined || dora === undefined) throw new Error("four")
    target.intercept = ({ method, body }) => {
      if (method !== "POST") return undefined
      if (body?.includes("cleo@") === true) return respond(409, problem(409))
      return body?.includes("dora@") === true ? respond(503, problem(503)) : undefined
    }
    application.assign(ada, bob, cleo, dora)
    await job.start()
    tenant.setManager(ada, bob)
    await next()
    const stranger = person(world, "eve")
    const group = tenant.createGroup({ displayName: "Pickers" }, { members: [ada] })
    application.assign(group)
    await next()
    // Eve is disabled, so the group is written and she is left out of it.
    tenant.disable(stranger)
    tenant.addMember(group, stranger)
    tenant.renameGroup(group, "Fruit pickers")
    await next()
    tenant.disable(bob)
    await next()
    tenant.softDelete(bob)
    await next()
    tenant.purge(bob)
    await next()
    application.unassign(ada, group)
    await next()
    return world
  }

  it("ENG-LOG-02 ENG-LOG-05 WIRE-189 every action, status, kind of step and category of error, and no other", async () => {
    const { job } = await eventful()
    const entries = job.log()
    const seen = (values: readonly string[]): string[] => [...new Set(values)].toSorted()
    expect(seen(entries.map((entry) => entry.provisioningAction))).toEqual([
      "create",
      "delete",
      "disable",
      "other",
      "stagedDelete",
      "update",
    ])
    expect(seen(entries.map((entry) => entry.provisioningStatusInfo.status))).toEqual([
      "failure",
      "skipped",
      "success",
      "warning",
    ])
    const steps = entries.flatMap((entry) => entry.provisioningSteps)
    expect(seen(steps.map((step) => step.provisioningStepType))).toEqual([
      "export",
      "import",
      "matching",
      "processing",
      "referenceResolution",
      "scoping",
    ])
    const errors = entries.flatMap((entry) => entry.provisioningStatusInfo.errorInformation ?? [])
    expect(seen(errors.map((error) => error.errorCategory))).toEqual(["failure", "nonServiceFailure"])
    expect(seen(entries.map((entry) => entry.initiatedBy.initiatorType))).toEqual(["system"])
  })

  it("ENG-LOG-07 action and status of what is skipped, refused and disabled", async () => {
    const { user, group } = defaultMappings()
    const attributes = user.attributes.map((row) =>
      row.target === "displayName" ? { ...row, source: "[jobTitle]", required: true } : row,
    )
    const world = createWorld({ mappings: { user: { ...user, attributes }, group } })
    const [ada, bob, cleo, dora] = ["ada", "bob", "cleo", "dora"].map((name) => person(world, name))
    if (ada === undefined || bob === undefined || cleo === undefined || dora === undefined) throw new Error("four")
    for (const titled of [ada, bob, dora]) world.tenant.update(titled, { jobTitle: "Picker" })
    world.application.assign(ada, cleo, dora)
    world.target.intercept = ({ method, body }) =>
      method === "POST" && body?.includes("dora@") === true ? respond(409, problem(409)) : undefined
    await world.job.start()
    await world.job.restart()
    world.tenant.disable(ada)
    await world.clock.advance({ minutes: 40 })
    const told = (id: string): string[] =>
      world.job.log({ sourceId: id }).map((entry) => {
        const last = entry.provisioningSteps.at(-1)?.details ?? {}
        const { provisioningAction, provisioningStatusInfo } = entry
        return `${provisioningAction}/${provisioningStatusInfo.status} ${last["SkipReason"] ?? last["ErrorCode"] ?? ""}`
      })
    expect(told(ada.id)).toEqual(["create/success ", "other/skipped RedundantExport", "disable/success "])
    expect(told(bob.id)[0]).toBe("create/skipped NotEffectivelyEntitled")
    expect(told(cleo.id)[0]).toBe("create/skipped AttributeValidationFailed")
    expect(told(dora.id)[0]).toBe("create/failure EntryConflict")
  })

  it("WIRE-137 a new manager is an update whose value is the manager's id in the target", async () => {
    const world = createWorld()
    const [ada, bob] = [person(world, "ada"), person(world, "bob")]
    world.application.assign(ada, bob)
    await world.job.start()
    world.tenant.setManager(ada, bob)
    await world.clock.advance({ minutes: 40 })
    const displayName = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"
    expect(world.job.log({ sourceId: ada.id }).at(-1)).toMatchObject({
      provisioningAction: "update",
      modifiedProperties: [{ displayName, oldValue: null, newValue: "u2" }],
    })
  })
})
