/**
 * What `scimulate load` learns of a run while it goes on: lines of JSON on the console, each marked, gathered for a moment so
 * that they cost little. verdict/journal.ts reads them; so does whoever merges the logs of several machines.
 */
import type { JournalLine, RequestRecord } from "../../verdict/journal-lines.ts"

const FLUSH_INTERVAL_MS = 250
/** Failures told with request and answer; the rest is counted only. */
const FAILURES_TOLD = 20

export interface Journal {
  add(record: RequestRecord): void
  tell(line: JournalLine): void
  /** Writes what is still gathered. */
  flush(): void
}

export function createJournal(isOn: boolean): Journal {
  if (!isOn) return { add: () => undefined, tell: () => undefined, flush: () => undefined }
  let gathered: RequestRecord[] = []
  let flushedMs = Date.now()
  let failures = 0
  const write = (line: JournalLine): void => console.log(JSON.stringify({ scimulate: 1, ...line }))
  const flush = (): void => {
    flushedMs = Date.now()
    if (gathered.length > 0) write({ kind: "requests", requests: gathered })
    gathered = []
  }
  return {
    flush,
    add(record) {
      gathered.push(record)
      if (Date.now() - flushedMs >= FLUSH_INTERVAL_MS) flush()
    },
    tell(line) {
      if (line.kind === "failure" && ++failures > FAILURES_TOLD) return
      write(line)
    },
  }
}
