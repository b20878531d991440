/**
 * What provision on demand says it did: a record per object in the shape of Graph's answer, and that answer itself, a pair of
 * JSON texts (ENG-POD-05, -06, GRAPH-616 to -619). Pure.
 */
import { toRfc3339 } from "../../protocol/index.ts"
import type { ProvisioningError } from "../dialect/errors.ts"
import { recommendedAction } from "../log/advice.ts"
import type { LogError, LogModifiedProperty, LogStatus, LogStep, ProvisioningLogEntry } from "../log/entry.ts"

export type OnDemandStatus = "Success" | "Skipped" | "Warning" | "Failure"

export interface OnDemandStep {
  readonly name: string
  readonly type: string
  readonly status: OnDemandStatus
  readonly description: string
  readonly timestamp: string
  readonly details: Readonly<Record<string, string>>
}

interface OnDemandIdentity {
  readonly id: string
  readonly type: string
  readonly displayName: string
  readonly details: Readonly<Record<string, string>>
}

interface OnDemandSystem {
  readonly id: string
  readonly name: string
  readonly details: Readonly<Record<string, string>>
}

/** One object. Names and capitals differ from the log's (GRAPH-617, documented). */
export interface OnDemandRecord {
  readonly action: string
  readonly changeId: string
  readonly startTime: string
  readonly endTime: string
  readonly reportableIdentifier: string
  readonly modifiedProperties: readonly LogModifiedProperty[]
  readonly provisioningSteps: readonly OnDemandStep[]
  readonly statusInfo: { readonly status: OnDemandStatus } & (LogError | NoError)
  readonly sourceIdentity: OnDemandIdentity
  readonly sourceSystem: OnDemandSystem
  readonly targetIdentity: OnDemandIdentity
  readonly targetSystem: OnDemandSystem
}

type NoError = { readonly [Name in keyof LogError]: string | null }

export interface OnDemandResult {
  /** The worst of what happened. */
  readonly result: OnDemandStatus
  /** Users first, then the group. Empty where the connection failed. */
  readonly records: readonly OnDemandRecord[]
  /** The step *Test connection*, which is shown only where it failed (ENG-POD-01, documented); else null. */
  readonly connection: OnDemandStep | null
  /** Graph's stringKeyStringValuePair. */
  readonly answer: { readonly key: string; readonly value: string }
}

/** GRAPH-616: the form of the reference page, or that of a capture of 2023, whose key is a constant. */
export type OnDemandForm = "object" | "array"

const CAPTURED_KEY = "Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo"

/** Puts together what the log says of each object, in the order in which they were worked on. */
export function toOnDemandResult(entries: readonly ProvisioningLogEntry[], form: OnDemandForm): OnDemandResult {
  const byObject = Map.groupBy(entries, (entry) => entry.sourceIdentity.id)
  const records = [...byObject.values()].map(toRecord)
  const worst = records.reduce((found, one) => (isWorse(one, found) ? one : found), records[0])
  const result = worst?.statusInfo.status ?? "Skipped"
  const { errorCode = null, reason = null } = worst?.statusInfo ?? {}
  return {
    result,
    records,
    connection: null,
    answer: toAnswer(result, { errorCode, errorMessage: reason }, records, form),
  }
}

/** The connection failed, so nothing else was done. */
export function toFailedConnection(error: ProvisioningError, nowMs: number, form: OnDemandForm): OnDemandResult {
  const connection: OnDemandStep = {
    // Its name and type are unpublished and ours.
    name: "TestConnection",
    type: "Connection",
    status: "Failure",
    description: error.reason,
    timestamp: toRfc3339(nowMs),
    details: { ErrorCode: error.code },
  }
  const details = { errorCode: error.code, errorMessage: error.reason }
  return { result: "Failure", records: [], connection, answer: toAnswer("Failure", details, [], form) }
}

function toAnswer(
  result: OnDemandStatus,
  details: { readonly errorCode: string | null; readonly errorMessage: string | null },
  records: readonly OnDemandRecord[],
  form: OnDemandForm,
): OnDemandResult["answer"] {
  if (form === "array") return { key: CAPTURED_KEY, value: JSON.stringify(records) }
  const [only, ...others] = records
  const isOne = only !== undefined && others.length === 0
  return { key: JSON.stringify({ result, details }), value: JSON.stringify(isOne ? only : records) }
}

const SEVERITY: Readonly<Record<OnDemandStatus, number>> = { Skipped: 0, Success: 1, Warning: 2, Failure: 3 }

function isWorse(one: OnDemandRecord, other: OnDemandRecord | undefined): boolean {
  return other === undefined || SEVERITY[one.statusInfo.status] > SEVERITY[other.statusInfo.status]
}

/** An object with references has an entry for itself and one for them: one record (inferred). */
function toRecord(entries: readonly ProvisioningLogEntry[]): OnDemandRecord {
  const [first] = entries
  if (first === undefined) throw new RangeError("A record is about one object at least.")
  const main = entries.find((entry) => entry.provisioningAction !== "other") ?? first
  const last = entries.at(-1) ?? first
  const status = STATUSES[worstStatus(entries)]
  const { sourceIdentity, sourceSystem, targetIdentity, targetSystem } = main
  return {
    action: capital(main.provisioningAction),
    changeId: main.changeId,
    startTime: first.activityDateTime,
    endTime: last.activityDateTime,
    reportableIdentifier: sourceIdentity.details["UserPrincipalName"] ?? sourceIdentity.displayName,
    modifiedProperties: entries.flatMap((entry) => entry.modifiedProperties),
    // The source is read once, whatever it is read for.
    provisioningSteps: entries.flatMap((entry, index) =>
      entry.provisioningSteps
        .filter((step) => index === 0 || step.provisioningStepType !== "import")
        .map(toStep(entry)),
    ),
    statusInfo: { status, ...explanation(entries) },
    sourceIdentity: toIdentity(sourceIdentity),
    sourceSystem: toSystem(sourceSystem),
    targetIdentity: toIdentity(targetIdentity),
    targetSystem: toSystem(targetSystem),
  }
}

const STATUSES: Readonly<Record<LogStatus, OnDemandStatus>> = {
  success: "Success",
  skipped: "Skipped",
  warning: "Warning",
  failure: "Failure",
}

const STATUS_ORDER: readonly LogStatus[] = ["failure", "warning", "success", "skipped"]

function worstStatus(entries: readonly ProvisioningLogEntry[]): LogStatus {
  const statuses = new Set(entries.map((entry) => entry.provisioningStatusInfo.status))
  return STATUS_ORDER.find((status) => statuses.has(status)) ?? "skipped"
}

/** The error; of a skip its reason, which the sample of GRAPH-616 shows as the error code. */
function explanation(entries: readonly ProvisioningLogEntry[]): LogError | NoError {
  const error = entries.map((entry) => entry.provisioningStatusInfo.errorInformation).find((one) => one !== null)
  if (error !== undefined) return error
  const none = { errorCode: null, reason: null, additionalDetails: null, errorCategory: null, recommendedAction: null }
  if (worstStatus(entries) !== "skipped") return none
  const skip = entries.flatMap((entry) => entry.provisioningSteps).findLast((step) => "SkipReason" in step.details)
  const errorCode = skip?.details["SkipReason"] ?? null
  if (errorCode === null) return none
  return { ...none, errorCode, reason: skip?.description ?? null, recommendedAction: recommendedAction(errorCode) }
}

function toStep({ activityDateTime }: ProvisioningLogEntry): (step: LogStep) => OnDemandStep {
  return ({ name, provisioningStepType, status, description, details }) => ({
    name,
    type: capital(provisioningStepType),
    status: STATUSES[status],
    description,
    timestamp: activityDateTime,
    details,
  })
}

function toIdentity({
  id,
  displayName,
  identityType,
  details,
}: ProvisioningLogEntry["sourceIdentity"]): OnDemandIdentity {
  return { id, type: identityType, displayName, details }
}

function toSystem({ id, displayName, details }: ProvisioningLogEntry["sourceSystem"]): OnDemandSystem {
  return { id, name: displayName, details }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
