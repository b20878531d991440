/** How far a load has come, on stderr: a bar on a person's terminal, a plain line now and then elsewhere. */
import { type LoadPlan, type Measurement, type Profile, type Stage } from "../../load/index.ts"
import type { Clock } from "../../protocol/time.ts"
import { grouped } from "../../reports/index.ts"
import type { Terminal } from "../terminal.ts"

const REDRAW_INTERVAL_MS = 100
const PLAIN_INTERVAL_MS = 10_000
const BAR_CELLS = 24

export interface LoadProgress {
  readonly show: (measurement: Measurement, stage: Stage) => void
  /** Takes the bar away, so that results follow on a clean line. */
  close(): void
}

export function createLoadProgress(terminal: Terminal, clock: Clock, profile: Profile, plan: LoadPlan): LoadProgress {
  const planned = plan.chains.reduce((sum, { requests }) => sum + requests.length, 0)
  let shownAtMs = terminal.live ? Number.NEGATIVE_INFINITY : clock.now()
  let loadedFromMs: number | null = null

  function share(measurement: Measurement): number {
    if (profile.mode === "once") return (measurement.prepared + measurement.requests) / Math.max(1, planned)
    if (measurement.requests > 0) loadedFromMs ??= clock.now()
    const passedMs = loadedFromMs === null ? 0 : clock.now() - loadedFromMs
    return passedMs / ((profile.durationS ?? 1) * 1000)
  }

  return {
    show(measurement, stage) {
      const now = clock.now()
      const isNews = stage !== "load"
      if (!isNews && now - shownAtMs < (terminal.live ? REDRAW_INTERVAL_MS : PLAIN_INTERVAL_MS)) return
      shownAtMs = now
      const text = lineOf(profile.name, measurement, stage, Math.min(1, share(measurement)))
      if (terminal.live) terminal.note(`\r\u001b[2K${text.slice(0, terminal.columns - 1)}`)
      else if (!isNews) terminal.note(`${text}\n`)
    },
    close() {
      if (terminal.live) terminal.note("\r\u001b[2K")
    },
  }
}

function lineOf(name: string, measurement: Measurement, stage: Stage, share: number): string {
  if (stage !== "load")
    return `${name}: ${stage === "end state" ? "reading the end state" : "removing what was created"}`
  const filled = Math.round(share * BAR_CELLS)
  const bar = `[${"=".repeat(filled)}${" ".repeat(BAR_CELLS - filled)}]`
  const { requests, prepared, errors } = measurement
  const what =
    requests === 0
      ? `preparing, ${grouped(prepared)} requests`
      : `${grouped(requests)} requests${errors > 0 ? `, ${grouped(errors)} errors` : ""}`
  return `${name} ${bar} ${Math.floor(share * 100)} %  ${what}`
}
