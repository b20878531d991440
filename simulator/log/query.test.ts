import { describe, expect, it } from "vitest"
import { type LogAction, type LogStatus, type ProvisioningLogEntry, toLogEntry } from "./entry.ts"
import { queryLog } from "./query.ts"
import { LogQueryError } from "./query-error.ts"

const START_MS = Date.UTC(2026, 6, 30, 12, 30)
const HOUR_MS = 3_600_000

function entry(
  number: number,
  { name, action, status, tookMs }: { name: string; action: LogAction; status: LogStatus; tookMs: number },
): ProvisioningLogEntry {
  const endedMs = START_MS + number * HOUR_MS
  return toLogEntry(
    {
      tenantId: "t",
      jobId: "scim.t.j",
      servicePrincipal: { id: "sp-1", displayName: "Orchard App" },
      sourceSystemId: "s",
      targetSystemId: "x",
    },
    {
      id: `id-${number}`,
      cycleId: `cycle-${number % 2}`,
      changeId: `change-${number}`,
      beganMs: endedMs - tookMs,
      endedMs,
      subject: {
        objectType: "User",
        sourceId: `user-${number}`,
        displayName: name,
        userPrincipalName: `${name}@orchard.example`,
        targetObjectName: "urn:x",
      },
      outcome: { action, status, steps: [], targetId: `u${number}` },
    },
  )
}

const LOG = [
  entry(1, { name: "Ada", action: "create", status: "success", tookMs: 828 }),
  entry(2, { name: "Bob", action: "update", status: "failure", tookMs: 2785 }),
  entry(3, { name: "Ada O'Hara", action: "other", status: "skipped", tookMs: 630 }),
  // Twelve hours later it is the next day.
  entry(12, { name: "Cleo", action: "disable", status: "success", tookMs: 3236 }),
]

const ids = (options: Parameters<typeof queryLog>[1]): string[] => queryLog(LOG, options).value.map(({ id }) => id)

describe("$filter", () => {
  it.each([
    ["provisioningAction eq 'create'", ["id-1"]],
    ["provisioningaction eq 'create'", ["id-1"]],
    ["provisioningAction eq 'Create'", []],
    ["provisioningStatusInfo/status eq 'failure'", ["id-2"]],
    ["sourceIdentity/displayName eq 'Ada O''Hara'", ["id-3"]],
    ["contains(sourceIdentity/displayName, 'Ada')", ["id-1", "id-3"]],
    ["contains(tolower(servicePrincipal/displayName), 'orchard app')", ["id-1", "id-2", "id-3", "id-12"]],
    ["contains(servicePrincipal/displayName, 'orchard')", []],
    ["durationInMilliseconds gt 2785", ["id-12"]],
    ["durationInMilliseconds lt 828", ["id-3"]],
    ["durationInMilliseconds eq 828", ["id-1"]],
    ["activityDateTime gt 2026-07-31", ["id-12"]],
    ["activityDateTime lt 2026-07-30T14:00:00Z", ["id-1"]],
    ["activityDateTime eq 2026-07-30T14:30:00.000Z", ["id-2"]],
    ["cycleId eq 'cycle-0' and durationInMilliseconds gt 3000", ["id-12"]],
    ["provisioningAction eq 'create' or provisioningAction eq 'update' and cycleId eq 'cycle-1'", ["id-1"]],
    ["(provisioningAction eq 'create' or provisioningAction eq 'update') and cycleId eq 'cycle-0'", ["id-2"]],
    ["provisioningStatusInfo/errorInformation/errorCode eq null", ["id-1", "id-2", "id-3", "id-12"]],
  ])("ENG-LOG-10 GRAPH-802 %s", (filter, expected) => {
    expect(ids({ filter })).toEqual(expected)
  })

  it("GRAPH-803 the admin center's own filter", () => {
    const filter =
      "((contains(tolower(servicePrincipal/id), 'sp-1') or contains(tolower(servicePrincipal/displayName), 'sp-1')) and activityDateTime gt 2026-07-30 and activityDateTime lt 2026-07-31)"
    expect(ids({ filter, top: 500, orderby: "activityDateTime desc" })).toEqual(["id-3", "id-2", "id-1"])
  })

  it.each([
    ["name eq 'x'", "name is no property that the log can be filtered by (at 0)"],
    ["provisioningAction ne 'x'", "the operator ne can't be used here: there are eq, and contains() (at 19)"],
    ["provisioningAction gt 'x'", "the operator gt can't be used here: there are eq, and contains() (at 19)"],
    ["provisioningAction eq create", "a text in single quotes was expected, not create (at 22)"],
    ["durationInMilliseconds eq 'x'", "a whole number was expected, not 'x' (at 26)"],
    ["activityDateTime gt yesterday", "such as 2026-07-30, not yesterday (at 20)"],
    ["provisioningAction eq 'create", "a quote is not closed (at 21)"],
    ["(provisioningAction eq 'create'", '")" was expected, but the filter ends (at 31)'],
    ["provisioningAction eq 'create' xor", '"and", "or" or the end was expected, not xor (at 31)'],
    ["", "a property was expected, but the filter ends (at 0)"],
  ])("ENG-LOG-10 %s is refused with its place", (filter, message) => {
    expect(() => ids({ filter })).toThrow(LogQueryError)
    expect(() => ids({ filter })).toThrow(message)
  })
})

describe("$orderby, $top and $skiptoken", () => {
  it("ENG-LOG-10 GRAPH-801 by any property, either way; as written without it", () => {
    expect(ids({})).toEqual(["id-1", "id-2", "id-3", "id-12"])
    expect(ids({ orderby: "activityDateTime desc" })).toEqual(["id-12", "id-3", "id-2", "id-1"])
    expect(ids({ orderby: "durationInMilliseconds" })).toEqual(["id-3", "id-1", "id-2", "id-12"])
    expect(() => ids({ orderby: "name" })).toThrow("$orderby takes one property")
  })

  it("GRAPH-804 pages of $top, joined by $skiptoken until it is null", () => {
    const first = queryLog(LOG, { top: 3 })
    expect(first.value.map(({ id }) => id)).toEqual(["id-1", "id-2", "id-3"])
    expect(first.skiptoken).not.toBeNull()
    const second = queryLog(LOG, { top: 3, skiptoken: first.skiptoken ?? "" })
    expect(second).toMatchObject({ value: [{ id: "id-12" }], skiptoken: null })
    expect(() => ids({ skiptoken: "elsewhere" })).toThrow("begin again without it")
    expect(() => ids({ top: 0 })).toThrow("$top must be at least 1")
  })
})
