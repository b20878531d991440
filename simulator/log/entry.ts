/**
 * One entry of the provisioning log: what happened to one object in one cycle, in the shape of Graph's
 * provisioningObjectSummary (ENG-LOG-01 to -12, GRAPH-801 to -818).
 */
import { toRfc3339 } from "../../protocol/index.ts"
import type { ObjectType } from "../mapping/model.ts"
import { NON_GALLERY_TEMPLATE_ID } from "../dialect/entra-token.ts"
import { recommendedAction } from "./advice.ts"

export type LogAction = "create" | "update" | "delete" | "disable" | "stagedDelete" | "other"
export type LogStatus = "success" | "failure" | "skipped" | "warning"
export type LogStepType = "import" | "scoping" | "matching" | "processing" | "referenceResolution" | "export"

export interface LogStep {
  readonly name: string
  readonly provisioningStepType: LogStepType
  readonly status: LogStatus
  readonly description: string
  readonly details: Readonly<Record<string, string>>
}

export interface LogModifiedProperty {
  readonly displayName: string
  readonly oldValue: string | null
  readonly newValue: string | null
}

export interface LogError {
  readonly errorCode: string
  readonly reason: string
  readonly additionalDetails: string | null
  readonly errorCategory: "failure" | "nonServiceFailure" | "success"
  readonly recommendedAction: string
}

interface LogIdentity {
  readonly id: string
  readonly displayName: string
  readonly identityType: string
  readonly details: Readonly<Record<string, string>>
}

interface LogSystem {
  readonly id: string
  readonly displayName: string
  readonly details: Readonly<Record<string, string>>
}

/** An entry with every property that the service fills. */
export interface ProvisioningLogEntry {
  readonly id: string
  readonly activityDateTime: string
  readonly tenantId: string
  readonly jobId: string
  readonly cycleId: string
  readonly changeId: string
  readonly provisioningAction: LogAction
  readonly durationInMilliseconds: number
  readonly provisioningStatusInfo: { readonly status: LogStatus; readonly errorInformation: LogError | null }
  readonly servicePrincipal: { readonly id: string; readonly displayName: string }
  readonly sourceSystem: LogSystem
  readonly targetSystem: LogSystem
  readonly initiatedBy: { readonly id: string; readonly displayName: string; readonly initiatorType: "system" }
  readonly sourceIdentity: LogIdentity
  readonly targetIdentity: LogIdentity
  readonly modifiedProperties: readonly LogModifiedProperty[]
  readonly provisioningSteps: readonly LogStep[]
}

/** What all entries of one job share. */
export interface LogOrigin {
  readonly tenantId: string
  readonly jobId: string
  readonly servicePrincipal: { readonly id: string; readonly displayName: string }
  readonly sourceSystemId: string
  readonly targetSystemId: string
}

/** The object that an entry is about. */
export interface LogSubject {
  readonly objectType: ObjectType
  readonly sourceId: string
  readonly displayName: string
  /** Of a user; "" for a group. */
  readonly userPrincipalName: string
  /** The SCIM schema that the mapping writes to. */
  readonly targetObjectName: string
}

/** What happened to it. */
export interface LogOutcome {
  readonly action: LogAction
  readonly status: LogStatus
  readonly steps: readonly LogStep[]
  /** "" until known. */
  readonly targetId: string
  readonly modifiedProperties?: readonly LogModifiedProperty[]
  readonly error?: {
    readonly code: string
    readonly reason: string
    readonly category: "failure" | "nonServiceFailure"
  }
}

/** What the log keeps of one object in one cycle: an entry is this in Graph's words. Instants are epoch milliseconds. */
export interface LogRun {
  readonly id: string
  readonly cycleId: string
  readonly changeId: string
  readonly beganMs: number
  readonly endedMs: number
  readonly subject: LogSubject
  readonly outcome: LogOutcome
}

export const SOURCE_SYSTEM = "Microsoft Entra ID"
/** Still what jobs of the template `scim` log (ENG-JOB-07, observed). */
export const TARGET_SYSTEM = "customappsso"

/** Puts an entry together. The log shows whole seconds (GRAPH-812, observed). */
export function toLogEntry(origin: LogOrigin, run: LogRun): ProvisioningLogEntry {
  const { subject, outcome } = run
  return {
    id: run.id,
    activityDateTime: toRfc3339(run.endedMs).replace(/\.\d{3}Z$/, "Z"),
    tenantId: origin.tenantId,
    jobId: origin.jobId,
    cycleId: run.cycleId,
    changeId: run.changeId,
    provisioningAction: outcome.action,
    durationInMilliseconds: run.endedMs - run.beganMs,
    provisioningStatusInfo: { status: outcome.status, errorInformation: toLogError(outcome) },
    servicePrincipal: origin.servicePrincipal,
    sourceSystem: { id: origin.sourceSystemId, displayName: SOURCE_SYSTEM, details: {} },
    targetSystem: {
      id: origin.targetSystemId,
      displayName: TARGET_SYSTEM,
      details: {
        ApplicationId: NON_GALLERY_TEMPLATE_ID,
        ServicePrincipalId: origin.servicePrincipal.id,
        ServicePrincipalDisplayName: origin.servicePrincipal.displayName,
      },
    },
    initiatedBy: { id: "", displayName: "Azure AD Provisioning Service", initiatorType: "system" },
    sourceIdentity: {
      id: subject.sourceId,
      displayName: subject.displayName,
      identityType: subject.objectType,
      details: {
        id: subject.sourceId,
        odatatype: subject.objectType,
        DisplayName: subject.displayName,
        ...(subject.objectType === "User" && { UserPrincipalName: subject.userPrincipalName }),
      },
    },
    targetIdentity: { id: outcome.targetId, displayName: "", identityType: subject.targetObjectName, details: {} },
    modifiedProperties: outcome.modifiedProperties ?? [],
    provisioningSteps: outcome.steps,
  }
}

/** ENG-LOG-03: present on failures, null otherwise. */
function toLogError({ status, error }: LogOutcome): LogError | null {
  if (status !== "failure" || error === undefined) return null
  return {
    errorCode: error.code,
    reason: error.reason,
    additionalDetails: null,
    errorCategory: error.category,
    recommendedAction: recommendedAction(error.code),
  }
}
