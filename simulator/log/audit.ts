/**
 * The job in the directory's audit log (ENG-JOB-10, ENG-QUAR-12), in the shape of Graph's directoryAudit. What an administrator
 * did is recorded as it happens; what the engine did with each object follows from the provisioning log, so it costs nothing
 * until somebody asks. Pure.
 */
import { toRfc3339 } from "../../protocol/index.ts"
import type { LogOrigin, LogStepType, ProvisioningLogEntry } from "./entry.ts"

/** What is done to a job (ENG-JOB-10, documented). */
export const CONFIGURATION_ACTIVITIES = {
  add: "Add provisioning configuration",
  delete: "Delete provisioning configuration",
  start: "Enable/start provisioning configuration",
  pause: "Disable/pause provisioning configuration",
  restart: "Enable/restart provisioning configuration",
  credentials: "Update provisioning setting or credentials",
  mappings: "Update attribute mappings or scope",
} as const

export type ConfigurationActivity = keyof typeof CONFIGURATION_ACTIVITIES

export interface AuditEntry {
  readonly id: string
  readonly category: "ProvisioningManagement"
  readonly loggedByService: "Account Provisioning"
  readonly activityDisplayName: string
  /** RFC 3339. */
  readonly activityDateTime: string
  /** Joins the entries of one cycle; the job's id where there is none. */
  readonly correlationId: string
  readonly result: "success" | "failure"
  readonly resultReason: string
  readonly targetResources: readonly { readonly id: string; readonly displayName: string; readonly type: string }[]
}

interface Happening {
  readonly id: string
  readonly atMs: number
  readonly origin: LogOrigin
}

export function configurationAudit(activity: ConfigurationActivity, { id, atMs, origin }: Happening): AuditEntry {
  return {
    ...base(origin, origin.jobId),
    id,
    activityDisplayName: CONFIGURATION_ACTIVITIES[activity],
    activityDateTime: toRfc3339(atMs),
    result: "success",
    resultReason: "",
  }
}

/** The text of ENG-QUAR-12, documented. */
export function quarantineAudit(
  cause: { readonly reason: string; readonly message: string },
  { id, atMs, origin }: Happening,
): AuditEntry {
  return {
    ...base(origin, origin.jobId),
    id,
    activityDisplayName: "Quarantine",
    activityDateTime: toRfc3339(atMs),
    result: "failure",
    resultReason: `This run profile is being quarantined because of: ${cause.reason}; Error: ${cause.message}`,
  }
}

/** ENG-CYCLE-19, observed: Import, Synchronization rule action, Export, as far as the object came. */
const ENGINE_ACTIVITIES: readonly (readonly [string, readonly LogStepType[]])[] = [
  ["Import", ["import"]],
  ["Synchronization rule action", ["scoping", "matching", "processing", "referenceResolution"]],
  ["Export", ["export"]],
]

/** The engine's activities behind one entry of the provisioning log. */
export function engineAudits(entry: ProvisioningLogEntry, origin: LogOrigin): AuditEntry[] {
  return ENGINE_ACTIVITIES.flatMap(([activityDisplayName, types]) => {
    const last = entry.provisioningSteps.findLast((step) => types.includes(step.provisioningStepType))
    if (last === undefined) return []
    return {
      ...base(origin, entry.cycleId),
      id: `${entry.id}_${activityDisplayName.replaceAll(" ", "")}`,
      activityDisplayName,
      activityDateTime: entry.activityDateTime,
      result: last.status === "failure" ? ("failure" as const) : ("success" as const),
      resultReason: last.description,
      targetResources: [
        {
          id: entry.sourceIdentity.id,
          displayName: entry.sourceIdentity.displayName,
          type: entry.sourceIdentity.identityType,
        },
      ],
    }
  })
}

function base({ servicePrincipal }: LogOrigin, correlationId: string) {
  return {
    category: "ProvisioningManagement",
    loggedByService: "Account Provisioning",
    correlationId,
    targetResources: [{ ...servicePrincipal, type: "ServicePrincipal" }],
  } as const
}
