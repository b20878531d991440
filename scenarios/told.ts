/** What a scenario leaves for the report. */
import type { CaseResult, Cycle } from "../reports/index.ts"
import type { CycleSummary, ProvisioningJob, ProvisioningLogEntry } from "../simulator/index.ts"
import type { Excuse } from "./oracles/situation.ts"

export interface Told {
  /** A fault stood in for the endpoint. */
  readonly simulated: boolean
  readonly virtualDurationMs: number
  readonly cycles: readonly Cycle[]
  readonly provisioningLogs: readonly Record<string, unknown>[]
  readonly excuses: NonNullable<CaseResult["excuses"]>
}

/** The job's cycles in which something happened. */
export function toCycles(key: string, job: ProvisioningJob): Cycle[] {
  return job
    .cycles()
    .filter(isEventful)
    .map(({ kind, startedAt, endedAt, counts, state }) => ({
      case: key,
      job: job.id,
      kind,
      startedAt,
      endedAt,
      counts: { ...counts },
      state,
    }))
}

/** A month has a thousand cycles in which nothing happens but the probe: nobody wants to read those. */
function isEventful({ kind, state, counts }: CycleSummary): boolean {
  return kind === "initial" || state !== "Succeeded" || counts.imported > 0 || counts.escrowed > 0
}

/** Entries as Graph shows them, under the key of their case. */
export function toProvisioningLogs(
  key: string,
  log: ReadonlyMap<string, ProvisioningLogEntry>,
): Record<string, unknown>[] {
  return [...log.values()].map((entry) => ({ case: key, ...entry }))
}

/** How many things each fact excused, however often they were looked at. */
export function countByFact(excuses: readonly Excuse[]): NonNullable<CaseResult["excuses"]> {
  return [...Map.groupBy(excuses, ({ fact }) => fact)].map(([fact, group]) => ({
    fact,
    count: new Set(group.map(({ what }) => what)).size,
  }))
}
