import type { ProvisioningObjectSummary } from "@microsoft/microsoft-graph-types"
import { expect, it } from "vitest"
import { type LogOutcome, type ProvisioningLogEntry, toLogEntry } from "./entry.ts"

const origin = {
  tenantId: "tenant",
  jobId: "scim.tenant.job",
  servicePrincipal: { id: "sp", displayName: "Orchard" },
  sourceSystemId: "source",
  targetSystemId: "target",
}
const group = {
  objectType: "Group",
  sourceId: "group",
  displayName: "Pickers",
  userPrincipalName: "",
  targetObjectName: "urn:ietf:params:scim:schemas:core:2.0:Group",
} as const

function entry(outcome: Partial<LogOutcome>): ProvisioningLogEntry {
  return toLogEntry(origin, {
    id: "id",
    cycleId: "cycle",
    changeId: "change",
    beganMs: 1_772_438_400_250,
    endedMs: 1_772_438_401_875,
    subject: group,
    outcome: { action: "other", status: "skipped", steps: [], targetId: "", ...outcome },
  })
}

it("GRAPH-812 times are whole seconds, the duration is in milliseconds", () => {
  expect(entry({})).toMatchObject({ activityDateTime: "2026-03-02T08:00:01Z", durationInMilliseconds: 1625 })
})

it("GRAPH-810 a group has no userPrincipalName, an unknown target no id", () => {
  expect(entry({}).sourceIdentity.details).toEqual({ id: "group", odatatype: "Group", DisplayName: "Pickers" })
  expect(entry({}).targetIdentity.id).toBe("")
})

it("ENG-LOG-03 GRAPH-807 errorInformation is null unless the status is failure", () => {
  const error = { code: "TooManyRequests", reason: "busy", category: "nonServiceFailure" } as const
  expect(entry({ status: "skipped", error }).provisioningStatusInfo.errorInformation).toBeNull()
  expect(entry({ status: "failure", error }).provisioningStatusInfo.errorInformation).toEqual({
    errorCode: "TooManyRequests",
    reason: "busy",
    additionalDetails: null,
    errorCategory: "nonServiceFailure",
    recommendedAction: "Nothing to do: it is tried again. If it lasts, let the application take more requests.",
  })
})

it("ENG-LOG-01 an entry is a provisioningObjectSummary of Graph's own types", () => {
  const { modifiedProperties, provisioningSteps, ...rest } = entry({ modifiedProperties: [] })
  const summary: ProvisioningObjectSummary = {
    ...rest,
    modifiedProperties: [...modifiedProperties],
    provisioningSteps: [...provisioningSteps],
  }
  expect(summary.provisioningAction).toBe("other")
})
