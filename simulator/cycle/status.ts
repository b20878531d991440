/** The job's state in Graph's words: synchronizationStatus and synchronizationSchedule (GRAPH-620 to -635). Pure. */
import type {
  SynchronizationProgress,
  SynchronizationSchedule,
  SynchronizationStatus,
  SynchronizationTaskExecution,
} from "@microsoft/microsoft-graph-types"
import { toRfc3339 } from "../../protocol/index.ts"
import type { Quarantine } from "./quarantine.ts"
import { toIsoDuration } from "./schedule.ts"
import type { JobState } from "./state.ts"
import type { CycleSummary } from "./summary.ts"

/** What Graph prints for a time that never came (GRAPH-635, documented). */
const NEVER = "0001-01-01T00:00:00Z"

export function toGraphSchedule(state: JobState, intervalMs: number): SynchronizationSchedule {
  return { expiration: null, interval: toIsoDuration(intervalMs), state: state.schedule }
}

/** What the status says beside the job's state and past. */
export interface StatusDetails {
  /** Objects of each type that the job has ever linked (ENG-CYCLE-18, documented). */
  readonly entryCounts: readonly { readonly objectType: string; readonly count: number }[]
  /** Objects that the running cycle has looked at, of all that it will; null while none runs. */
  readonly running: { readonly worked: number; readonly total: number } | null
  readonly nowMs: number
}

/** `cycles`: all that have ended, the oldest first. */
export function toGraphStatus(
  state: JobState,
  cycles: readonly CycleSummary[],
  { entryCounts, running, nowMs }: StatusDetails,
): SynchronizationStatus {
  const successful = cycles.filter((cycle) => cycle.state === "Succeeded")
  const steady = successful.filter((cycle) => cycle.counts.escrowed === 0)
  return {
    code: state.code,
    countSuccessiveCompleteFailures: state.successiveFailures,
    escrowsPruned: state.escrowsPruned,
    lastExecution: toGraphExecution(cycles.at(-1)),
    lastSuccessfulExecution: toGraphExecution(successful.at(-1)),
    lastSuccessfulExecutionWithExports: toGraphExecution(successful.findLast((cycle) => exportsOf(cycle) > 0)),
    progress: running === null ? [] : [toGraphProgress(running, nowMs)],
    quarantine: state.quarantine === null ? null : toGraphQuarantine(state.quarantine),
    steadyStateFirstAchievedTime: steady[0]?.endedAt ?? NEVER,
    steadyStateLastAchievedTime: steady.at(-1)?.endedAt ?? NEVER,
    synchronizedEntryCountByType: entryCounts.map(({ objectType, count }) => ({ key: objectType, value: count })),
    troubleshootingUrl: null,
  }
}

/** Objects that the source gives in one page: unpublished, and ours. */
const PAGE_OBJECTS = 100

/** ENG-CYCLE-18, documented: progress counts pages, not objects. The name of the unit is ours. */
function toGraphProgress(
  { worked, total }: NonNullable<StatusDetails["running"]>,
  nowMs: number,
): SynchronizationProgress {
  return {
    units: "Pages",
    completedUnits: Math.floor(worked / PAGE_OBJECTS),
    totalUnits: Math.ceil(total / PAGE_OBJECTS),
    progressObservationDateTime: toRfc3339(nowMs),
  }
}

function toGraphQuarantine(quarantine: Quarantine): NonNullable<SynchronizationStatus["quarantine"]> {
  return {
    reason: quarantine.reason,
    error: { ...quarantine.error },
    seriesBegan: toRfc3339(quarantine.seriesBeganMs),
    seriesCount: quarantine.seriesCount,
    currentBegan: toRfc3339(quarantine.currentBeganMs),
    nextAttempt: toRfc3339(quarantine.nextAttemptMs),
  }
}

/** GRAPH-625, documented: exports were meant to be written, exported were. */
function toGraphExecution(cycle: CycleSummary | undefined): SynchronizationTaskExecution | null {
  if (cycle === undefined) return null
  const { counts } = cycle
  return {
    activityIdentifier: cycle.id,
    countEntitled: counts.inScope,
    countEntitledForProvisioning: counts.inScope,
    countEscrowed: counts.escrowed - counts.escrowedBySystem,
    countEscrowedRaw: counts.escrowed,
    countExported: exportsOf(cycle),
    countExports: exportsOf(cycle) + counts.failed,
    countImported: counts.imported,
    countImportedDeltas: counts.imported,
    countImportedReferenceDeltas: counts.importedReferences,
    error: cycle.error === null ? null : { ...cycle.error, tenantActionable: true },
    state: cycle.state,
    timeBegan: cycle.startedAt,
    timeEnded: cycle.endedAt,
  }
}

function exportsOf({ counts }: CycleSummary): number {
  return counts.created + counts.updated + counts.disabled + counts.deleted
}
