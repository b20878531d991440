/** The properties of a log entry that a query may name (GRAPH-802, documented), in any case. */
import type { ProvisioningLogEntry } from "./entry.ts"

export interface LogProperty {
  readonly kind: "text" | "number" | "time"
  /** Null where the entry has none. Times are RFC 3339 in UTC. */
  readonly read: (entry: ProvisioningLogEntry) => string | number | null
}

type Read = (entry: ProvisioningLogEntry) => string | null

const text = (read: Read): LogProperty => ({ kind: "text", read })

const PROPERTIES: ReadonlyMap<string, LogProperty> = new Map<string, LogProperty>(
  Object.entries({
    id: text((entry) => entry.id),
    activityDateTime: { kind: "time", read: (entry) => entry.activityDateTime },
    durationInMilliseconds: { kind: "number", read: (entry) => entry.durationInMilliseconds },
    tenantId: text((entry) => entry.tenantId),
    jobId: text((entry) => entry.jobId),
    cycleId: text((entry) => entry.cycleId),
    changeId: text((entry) => entry.changeId),
    provisioningAction: text((entry) => entry.provisioningAction),
    "provisioningStatusInfo/status": text((entry) => entry.provisioningStatusInfo.status),
    "provisioningStatusInfo/errorInformation/errorCode": text(
      (entry) => entry.provisioningStatusInfo.errorInformation?.errorCode ?? null,
    ),
    "servicePrincipal/id": text((entry) => entry.servicePrincipal.id),
    "servicePrincipal/displayName": text((entry) => entry.servicePrincipal.displayName),
    "sourceSystem/id": text((entry) => entry.sourceSystem.id),
    "sourceSystem/displayName": text((entry) => entry.sourceSystem.displayName),
    "targetSystem/id": text((entry) => entry.targetSystem.id),
    "targetSystem/displayName": text((entry) => entry.targetSystem.displayName),
    "initiatedBy/id": text((entry) => entry.initiatedBy.id),
    "initiatedBy/displayName": text((entry) => entry.initiatedBy.displayName),
    "sourceIdentity/id": text((entry) => entry.sourceIdentity.id),
    "sourceIdentity/displayName": text((entry) => entry.sourceIdentity.displayName),
    "sourceIdentity/identityType": text((entry) => entry.sourceIdentity.identityType),
    "targetIdentity/id": text((entry) => entry.targetIdentity.id),
    "targetIdentity/displayName": text((entry) => entry.targetIdentity.displayName),
    "targetIdentity/identityType": text((entry) => entry.targetIdentity.identityType),
  } satisfies Record<string, LogProperty>).map(([name, property]) => [name.toLowerCase(), property]),
)

/** Null where there is no such property, or it can't be queried. */
export function propertyOf(name: string): LogProperty | null {
  return PROPERTIES.get(name.toLowerCase()) ?? null
}
