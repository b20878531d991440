/**
 * Progress of a run on stderr. A person's terminal gets one status line that is redrawn; anything else (CI, a pipe, a file)
 * gets a few plain lines, so that a log shows that it lives without drowning in it.
 */
import type { Clock } from "../protocol/time.ts"
import type { CaseStatus } from "../reports/index.ts"
import type { Terminal } from "./terminal.ts"

/** A redraw at most this often. */
const REDRAW_INTERVAL_MS = 80
/** A plain line at most this often. */
const PLAIN_INTERVAL_MS = 5_000

export interface Progress {
  started(key: string): void
  finished(key: string, status: CaseStatus): void
  /** Takes the status line away, so that results follow on a clean line. */
  close(): void
}

/** Shows how far `total` cases have come. */
export function createProgress(terminal: Terminal, clock: Clock, total: number): Progress {
  const counts: Record<CaseStatus, number> = { passed: 0, failed: 0, warned: 0, skipped: 0, errored: 0 }
  let done = 0
  let latest = ""
  // The first plain line comes only after a while: a run of three seconds needs none.
  let shownAtMs = terminal.live ? Number.NEGATIVE_INFINITY : clock.now()

  function show(): void {
    const waitMs = terminal.live ? REDRAW_INTERVAL_MS : PLAIN_INTERVAL_MS
    if (clock.now() - shownAtMs < waitMs) return
    shownAtMs = clock.now()
    const status = statusLine(done, total, counts)
    if (terminal.live) terminal.note(`\r\u001b[2K${fit(`${status}  ${latest}`, terminal.columns - 1)}`)
    else terminal.note(`${status}\n`)
  }

  return {
    started(key) {
      latest = key
      show()
    },
    finished(key, status) {
      done += 1
      counts[status] += 1
      latest = key
      show()
    },
    close() {
      if (terminal.live) terminal.note("\r\u001b[2K")
    },
  }
}

function statusLine(done: number, total: number, counts: Readonly<Record<CaseStatus, number>>): string {
  const notable = (["failed", "warned", "skipped", "errored"] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${status}`)
  return [`${done} of ${total} cases`, ...notable].join(", ")
}

function fit(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`
}
