/** Provision on demand: its five steps, for a user and for a group with some of its members. */
import { describe, expect, it } from "vitest"
import type { Group, User } from "../directory/model.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import type { ProvisioningMappings } from "../mapping/model.ts"
import { isProbe, problem, respond } from "./fake-target.fixture.ts"
import { createWorld, person, worldWithAda, type World } from "./job.fixture.ts"
import type { OnDemandResult } from "./on-demand-answer.ts"

/** `type name status` of each step of a record. */
function stepsOf({ records }: OnDemandResult, index = 0): string[] {
  return (records[index]?.provisioningSteps ?? []).map(({ type, name, status }) => `${type} ${name} ${status}`)
}

/** The JSON of Graph's answer. */
function answerOf({ answer }: OnDemandResult): { key: unknown; value: unknown } {
  return { key: JSON.parse(answer.key), value: JSON.parse(answer.value) }
}

function withScope(values: readonly string[]): ProvisioningMappings {
  const { user, group } = defaultMappings()
  const clauses = [
    { attribute: "department", operator: "EQUALS", values },
    { attribute: "jobTitle", operator: "IS NOT NULL", values: [] },
  ]
  return { user: { ...user, scope: [{ name: "Sales", clauses }] }, group }
}

describe("the steps", () => {
  it("ENG-POD-01 WIRE-197 probe, import, scope, match, action: a user who is not there is created", async () => {
    const world = worldWithAda()
    const result = await world.job.provisionOnDemand(world.user)
    expect(world.target.requests.map(isProbe)).toEqual([true, true, false, false])
    expect(world.target.take().map((line) => line.slice(0, 34))).toEqual([
      "GET /Users?filter=userName+eq+%22a",
      'POST /Users {"schemas":["urn:ietf:',
    ])
    expect(result).toMatchObject({ result: "Success", connection: null })
    expect(stepsOf(result)).toEqual([
      "Import EntryImport Success",
      "Scoping EntrySynchronizationScoping Success",
      "Matching EntrySynchronizationAdd Success",
      "Export EntryExportAdd Success",
    ])
    expect(result.records[0]).toMatchObject({
      action: "Create",
      reportableIdentifier: "ada@orchard.example",
      statusInfo: { status: "Success", errorCode: null },
      sourceIdentity: { id: world.user.id, type: "User" },
      targetIdentity: { id: "u1" },
      sourceSystem: { name: "Microsoft Entra ID" },
      targetSystem: { name: "customappsso" },
    })
  })

  it("ENG-POD-06 GRAPH-618 nothing to do: Skipped, RedundantExport, action Other, four steps", async () => {
    const world = worldWithAda()
    await world.job.provisionOnDemand(world.user)
    const result = await world.job.provisionOnDemand(world.user)
    expect(stepsOf(result)).toEqual([
      "Import EntryImport Success",
      "Matching EntryImport Success",
      "Scoping EntrySynchronizationScoping Success",
      "Export EntrySynchronizationSkip Skipped",
    ])
    const { key, value } = answerOf(result)
    expect(key).toEqual({
      result: "Skipped",
      details: {
        errorCode: "RedundantExport",
        errorMessage: `The state of the entry in both the source and target systems already match. No change to the User '${world.user.id}' currently needs to be made.`,
      },
    })
    expect(value).toMatchObject({ action: "Other", modifiedProperties: [], statusInfo: { status: "Skipped" } })
  })

  it("ENG-POD-05 GRAPH-617 the answer has the names and capitals of Graph's sample", async () => {
    const world = worldWithAda()
    const { value } = answerOf(await world.job.provisionOnDemand(world.user))
    expect(Object.keys(value as object)).toEqual([
      "action",
      "changeId",
      "startTime",
      "endTime",
      "reportableIdentifier",
      "modifiedProperties",
      "provisioningSteps",
      "statusInfo",
      "sourceIdentity",
      "sourceSystem",
      "targetIdentity",
      "targetSystem",
    ])
    const [step] = (value as { provisioningSteps: object[] }).provisioningSteps
    expect(Object.keys(step ?? {})).toEqual(["name", "type", "status", "description", "timestamp", "details"])
  })

  it("GRAPH-616 by switch the answer is that of the capture: a constant key, an array", async () => {
    const world = worldWithAda({ settings: { onDemandForm: "array" } })
    const { answer } = await world.job.provisionOnDemand(world.user)
    expect(answer.key).toBe("Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo")
    expect(JSON.parse(answer.value)).toMatchObject([{ action: "Create" }])
  })

  it("ENG-POD-01 the connection test shows only where it fails; nothing else is done, and the job is as it was", async () => {
    const world = worldWithAda()
    world.target.intercept = () => respond(401, problem(401))
    const result = await world.job.provisionOnDemand(world.user)
    expect(result).toMatchObject({
      result: "Failure",
      records: [],
      connection: {
        status: "Failure",
        details: { ErrorCode: "SystemForCrossDomainIdentityManagementCredentialValidationFailure" },
      },
    })
    expect(world.target.requests).toHaveLength(1)
    expect(world.job.condition()).toEqual({ schedule: "Disabled", code: "Paused", quarantine: null })
    expect(world.job.log()).toEqual([])
  })

  it("ENG-SCOPE-09 the scope step shows each clause with its result", async () => {
    const world = worldWithAda({ mappings: withScope(["Sales"]) })
    world.tenant.update(world.user, { department: "Finance", jobTitle: "Clerk" })
    const result = await world.job.provisionOnDemand(world.user)
    expect(result).toMatchObject({
      result: "Skipped",
      records: [{ statusInfo: { errorCode: "NotEffectivelyEntitled" } }],
    })
    const scoping = result.records[0]?.provisioningSteps.find((step) => step.type === "Scoping")
    expect(scoping?.details).toEqual({
      "Active in the source system": "True",
      "Assigned to the application": "True",
      "User has the required role": "True",
      "Scoping filter evaluation passed": "False",
      ScopeEvaluationResult: `{"Sales.department EQUALS 'Sales'":false,"Sales.jobTitle IS NOT NULL":true}`,
    })
  })

  it("ENG-SCOPE-09 in sync-all the scope step also lists Scope sync all", async () => {
    const world = createWorld({ settings: { syncAll: true } })
    const result = await world.job.provisionOnDemand(person(world, "ada"))
    const scoping = result.records[0]?.provisioningSteps.find((step) => step.type === "Scoping")
    expect(scoping?.details).toMatchObject({ "Scope sync all": "True" })
  })

  it("ENG-POD-04 ENG-MATCH-04 several matches: a failure that shows all of them", async () => {
    const world = worldWithAda()
    for (const id of ["u8", "u9"]) world.target.resources.set(id, { id, userName: "ada@orchard.example" })
    const result = await world.job.provisionOnDemand(world.user)
    expect(result.result).toBe("Failure")
    expect(answerOf(result).key).toMatchObject({ result: "Failure", details: { errorCode: "DuplicateTargetEntries" } })
    const matching = result.records[0]?.provisioningSteps.find((step) => step.type === "Matching")
    expect(matching?.details).toEqual({ ErrorCode: "DuplicateTargetEntries", MatchingObjects: "u8, u9" })
  })

  it("WIRE-006 ENG-POD-07 the default dialect, whatever the flag says", async () => {
    const world = worldWithAda({ dialect: undefined, baseUrl: "https://scim.test/v2?aadOptscim062020" })
    await world.job.provisionOnDemand(world.user)
    world.tenant.update(world.user, { jobTitle: "Picker" })
    world.target.take()
    await world.job.provisionOnDemand(world.user)
    expect(world.job.dialect).toBe("entra-optscim")
    expect(world.target.take()[1]).toContain('"op":"Add","path":"title","value":"Picker"')
  })

  it("ENG-POD-04 someone unassigned is disabled", async () => {
    const world = worldWithAda()
    await world.job.provisionOnDemand(world.user)
    world.application.unassign(world.user)
    const result = await world.job.provisionOnDemand(world.user)
    expect(result.records[0]).toMatchObject({ action: "Disable" })
    expect(world.target.resources.get("u1")).toMatchObject({ active: false })
  })

  it("ENG-REF-05 a manager who was out of scope is sent on demand, in one record with its user", async () => {
    const world = worldWithAda()
    const bob = person(world, "bob")
    world.tenant.setManager(world.user, bob)
    await world.job.start()
    world.application.assign(bob)
    await world.clock.advance({ minutes: 40 })
    world.target.take()
    const result = await world.job.provisionOnDemand(world.user)
    expect(world.target.take().filter((line) => line.startsWith("PATCH"))).toHaveLength(1)
    expect(result.records).toHaveLength(1)
    expect(result.records[0]).toMatchObject({ action: "Update", modifiedProperties: [{ newValue: "u2" }] })
  })

  it("ENG-POD-04 WIRE-144 roles are not provisioned on demand; the next cycle brings them", async () => {
    const { user, group } = defaultMappings()
    const roleRow = {
      ...(user.attributes[2] ?? user.attributes[0]),
      target: "roles",
      source: "AppRoleAssignmentsComplex([appRoleAssignments])",
      multiValued: true,
    } as (typeof user.attributes)[number]
    const world = worldWithAda({
      roles: ["Picker"],
      mappings: { user: { ...user, attributes: [...user.attributes, roleRow] }, group },
    })
    await world.job.provisionOnDemand(world.user)
    expect(world.target.resources.get("u1")).not.toHaveProperty("roles")
    await world.job.start()
    expect(world.target.resources.get("u1")).toHaveProperty("roles")
  })
})

describe("a group", () => {
  /** A group with seven members, all of it assigned. */
  function worldWithGroup(): World & { group: Group; members: User[] } {
    const world = createWorld()
    const members = ["ada", "bob", "cleo", "dora", "eve", "finn", "gus"].map((name) => person(world, name))
    const group = world.tenant.createGroup({ displayName: "Pickers" }, { members })
    world.application.assign(group)
    return { ...world, group, members }
  }

  it("ENG-POD-02 WIRE-177 with chosen members: they first, then the group, then these as members; the others by the next cycle", async () => {
    const world = worldWithGroup()
    const { group, members } = world
    const result = await world.job.provisionOnDemand({ group, members: members.slice(0, 2) })
    expect(result.result).toBe("Success")
    expect(result.records.map(({ action, reportableIdentifier }) => `${action} ${reportableIdentifier}`)).toEqual([
      "Create ada@orchard.example",
      "Create bob@orchard.example",
      "Create Pickers",
    ])
    expect(JSON.parse(result.answer.value)).toHaveLength(3)
    expect(world.target.resources.get("g1")).toMatchObject({ members: ["u1", "u2"] })
    await world.job.start()
    expect(world.target.resources.get("g1")?.["members"]).toHaveLength(7)
  })

  it("ENG-POD-02 a group whose assignment is no news is completed too: what was not chosen stays noted", async () => {
    const world = worldWithGroup()
    const { group, members } = world
    world.application.unassign(group)
    await world.job.start()
    world.application.assign(group)
    await world.job.provisionOnDemand({ group, members: members.slice(0, 1) })
    await world.clock.advance({ minutes: 40 })
    expect(world.target.resources.get("g1")?.["members"]).toHaveLength(7)
  })

  it("ENG-POD-02 without members it goes alone", async () => {
    const world = worldWithGroup()
    await world.job.provisionOnDemand({ group: world.group })
    expect(world.job.links().map(({ targetId }) => targetId)).toEqual(["g1"])
    expect(world.target.resources.get("g1")).not.toHaveProperty("members")
  })

  it("ENG-POD-04 a chosen member who left is taken out", async () => {
    const world = worldWithGroup()
    const { group, members, tenant } = world
    await world.job.start()
    const [ada] = members
    if (ada === undefined) throw new Error("there are seven")
    tenant.removeMember(group, ada)
    await world.job.provisionOnDemand({ group, members: [ada] })
    expect(world.target.resources.get("u1")).toMatchObject({ active: false })
    expect(world.target.resources.get("g1")?.["members"]).toEqual(["u2", "u3", "u4", "u5", "u6", "u7"])
  })
})
