/** When the next cycle starts. Pure. Cycles of one job never overlap. */

const MINUTE_MS = 60_000

/** ENG-CYCLE-06, documented: fixed, not configurable in the product; `PT40M` in Graph. */
export const DEFAULT_INTERVAL_MS = 40 * MINUTE_MS

/**
 * ENG-CYCLE-07: counted from start to start; a cycle that outlasts its slot is followed at once by the next. In quarantine the
 * next attempt replaces the interval (ENG-CYCLE-09).
 */
export function nextCycleStartMs(last: {
  readonly startedMs: number
  readonly endedMs: number
  readonly intervalMs: number
  readonly quarantineAttemptMs: number | null
}): number {
  return Math.max(last.quarantineAttemptMs ?? last.startedMs + last.intervalMs, last.endedMs)
}

/** A duration as ISO 8601 text in the largest units that fit: `PT40M`, `PT1H30M`. */
export function toIsoDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const parts = [
    [Math.floor(seconds / 3600), "H"],
    [Math.floor((seconds % 3600) / 60), "M"],
    [seconds % 60, "S"],
  ] as const
  const text = parts.flatMap(([amount, unit]) => (amount === 0 ? [] : [`${amount}${unit}`])).join("")
  return text === "" ? "PT0S" : `PT${text}`
}
