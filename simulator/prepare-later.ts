import type { Database } from "better-sqlite3"

/** A prepared statement as far as it is used: better-sqlite3 gives its own no name that a declaration file could use. */
export interface Prepared<Parameters extends unknown[], Row> {
  get(...parameters: Parameters): Row | undefined
  all(...parameters: Parameters): Row[]
  run(...parameters: Parameters): void
}

/**
 * Prepares a statement when it is first used: most jobs use half of them, and many live for a few cycles only. `index`, as `NAME on TABLE
 * (COLUMNS)`, is made then too, where nothing else reads by it: each index costs every row that is written.
 */
export function prepareLater<Parameters extends unknown[], Row = never>(
  database: Database,
  sql: string,
  index?: string,
): Prepared<Parameters, Row> {
  let known: Prepared<Parameters, Row> | undefined
  const prepare = (): Prepared<Parameters, Row> => {
    if (index !== undefined) database.exec(`create index if not exists ${index}`)
    return database.prepare<Parameters, Row>(sql)
  }
  const ready = (): Prepared<Parameters, Row> => (known ??= prepare())
  return {
    get: (...parameters) => ready().get(...parameters),
    all: (...parameters) => ready().all(...parameters),
    run: (...parameters) => ready().run(...parameters),
  }
}
