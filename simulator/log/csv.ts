/**
 * The provisioning log as the portal's download gives it: three CSV files that a change's id joins (ENG-LOG-11, documented). Which
 * columns they have is unpublished: here they are the properties of an entry. Pure.
 */
import type { ProvisioningLogEntry } from "./entry.ts"

/** The files' texts, RFC 4180: a header, CRLF, quotes where they are needed. */
export interface LogCsv {
  /** One line an entry. */
  readonly provisioning: string
  readonly steps: string
  readonly modifiedProperties: string
}

type Columns<T> = Readonly<Record<string, (item: T) => string | number | null>>

const ENTRY_COLUMNS: Columns<ProvisioningLogEntry> = {
  changeId: ({ changeId }) => changeId,
  id: ({ id }) => id,
  activityDateTime: ({ activityDateTime }) => activityDateTime,
  tenantId: ({ tenantId }) => tenantId,
  jobId: ({ jobId }) => jobId,
  cycleId: ({ cycleId }) => cycleId,
  provisioningAction: ({ provisioningAction }) => provisioningAction,
  status: ({ provisioningStatusInfo }) => provisioningStatusInfo.status,
  errorCode: ({ provisioningStatusInfo }) => provisioningStatusInfo.errorInformation?.errorCode ?? null,
  reason: ({ provisioningStatusInfo }) => provisioningStatusInfo.errorInformation?.reason ?? null,
  durationInMilliseconds: ({ durationInMilliseconds }) => durationInMilliseconds,
  servicePrincipalId: ({ servicePrincipal }) => servicePrincipal.id,
  servicePrincipalName: ({ servicePrincipal }) => servicePrincipal.displayName,
  initiatedBy: ({ initiatedBy }) => initiatedBy.displayName,
  sourceSystem: ({ sourceSystem }) => sourceSystem.displayName,
  sourceId: ({ sourceIdentity }) => sourceIdentity.id,
  sourceName: ({ sourceIdentity }) => sourceIdentity.displayName,
  sourceType: ({ sourceIdentity }) => sourceIdentity.identityType,
  targetSystem: ({ targetSystem }) => targetSystem.displayName,
  targetId: ({ targetIdentity }) => targetIdentity.id,
  targetType: ({ targetIdentity }) => targetIdentity.identityType,
}

type Of<T> = { readonly changeId: string } & T

const STEP_COLUMNS: Columns<Of<ProvisioningLogEntry["provisioningSteps"][number]>> = {
  changeId: ({ changeId }) => changeId,
  name: ({ name }) => name,
  provisioningStepType: ({ provisioningStepType }) => provisioningStepType,
  status: ({ status }) => status,
  description: ({ description }) => description,
  details: ({ details }) => JSON.stringify(details),
}

const PROPERTY_COLUMNS: Columns<Of<ProvisioningLogEntry["modifiedProperties"][number]>> = {
  changeId: ({ changeId }) => changeId,
  displayName: ({ displayName }) => displayName,
  oldValue: ({ oldValue }) => oldValue,
  newValue: ({ newValue }) => newValue,
}

export function toLogCsv(entries: readonly ProvisioningLogEntry[]): LogCsv {
  return {
    provisioning: toCsv(ENTRY_COLUMNS, entries),
    steps: toCsv(
      STEP_COLUMNS,
      entries.flatMap(({ changeId, provisioningSteps }) => provisioningSteps.map((step) => ({ ...step, changeId }))),
    ),
    modifiedProperties: toCsv(
      PROPERTY_COLUMNS,
      entries.flatMap(({ changeId, modifiedProperties }) => modifiedProperties.map((one) => ({ ...one, changeId }))),
    ),
  }
}

function toCsv<T>(columns: Columns<T>, items: readonly T[]): string {
  const readers = Object.values(columns)
  const rows = items.map((item) => readers.map((read) => field(read(item))))
  return [Object.keys(columns), ...rows].map((row) => `${row.join(",")}\r\n`).join("")
}

function field(value: string | number | null): string {
  const text = value === null ? "" : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
