/** The job's state in Graph's words: synchronizationStatus and synchronizationSchedule (GRAPH-620 to -635). Pure. */
import type {
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

/** `cycles`: all that have ended, the oldest first. */
export function toGraphStatus(state: JobState, cycles: readonly CycleSummary[]): SynchronizationStatus {
  const successful = cycles.filter((cycle) => cycle.state === "Succeeded")
  const steady = successful.filter((cycle) => cycle.counts.escrowed === 0)
  return {
    code: state.code,
    countSuccessiveCompleteFailures: state.successiveFailures,
    escrowsPruned: state.escrowsPruned,
    lastExecution: toGraphExecution(cycles.at(-1)),
    lastSuccessfulExecution: toGraphExecution(successful.at(-1)),
    lastSuccessfulExecutionWithExports: toGraphExecution(successful.findLast((cycle) => exportsOf(cycle) > 0)),
    progress: [],
    quarantine: state.quarantine === null ? null : toGraphQuarantine(state.quarantine),
    steadyStateFirstAchievedTime: steady[0]?.endedAt ?? NEVER,
    steadyStateLastAchievedTime: steady.at(-1)?.endedAt ?? NEVER,
    synchronizedEntryCountByType: [],
    troubleshootingUrl: null,
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
    countEscrowed: counts.escrowed,
    countEscrowedRaw: counts.escrowed,
    countExported: exportsOf(cycle),
    countExports: exportsOf(cycle) + counts.failed,
    countImported: counts.imported,
    countImportedDeltas: counts.imported,
    countImportedReferenceDeltas: 0,
    error: cycle.error === null ? null : { ...cycle.error, tenantActionable: true },
    state: cycle.state,
    timeBegan: cycle.startedAt,
    timeEnded: cycle.endedAt,
  }
}

function exportsOf({ counts }: CycleSummary): number {
  return counts.created + counts.updated + counts.disabled + counts.deleted
}
