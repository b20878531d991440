import type { Database } from "better-sqlite3"

/** A prepared statement as far as it is used: better-sqlite3 gives its own no name that a declaration file could use. */
export interface Prepared<Parameters extends unknown[], Row> {
  get(...parameters: Parameters): Row | undefined
  all(...parameters: Parameters): Row[]
  run(...parameters: Parameters): void
}

/** Prepares a statement when it is first used: most jobs use half of them, and many live for a few cycles only. */
export function prepareLater<Parameters extends unknown[], Row = never>(
  database: Database,
  sql: string,
): Prepared<Parameters, Row> {
  let known: Prepared<Parameters, Row> | undefined
  const ready = (): Prepared<Parameters, Row> => (known ??= database.prepare<Parameters, Row>(sql))
  return {
    get: (...parameters) => ready().get(...parameters),
    all: (...parameters) => ready().all(...parameters),
    run: (...parameters) => ready().run(...parameters),
  }
}
