/** The provisioning log of a job, in SQLite. Entries are immutable and leave only by age (ENG-LOG-08, documented). */
import type { Database } from "better-sqlite3"
import type { ProvisioningLogEntry } from "./entry.ts"

const TABLES = `
  create table if not exists log_entries (
    seq integer primary key, job text not null, atMs integer not null, sourceId text not null, entry text not null);
  create index if not exists log_entries_by_source on log_entries (job, sourceId, seq);
  create index if not exists log_entries_by_time on log_entries (job, atMs);
`

/** Which entries to read; all of the job's unless narrowed. */
export interface LogQuery {
  /** Entries about this object of the source. */
  readonly sourceId?: string
  /** Entries of one cycle. */
  readonly cycleId?: string
}

export class LogStore {
  readonly #job: string
  readonly #sql: ReturnType<typeof prepareStatements>

  constructor(database: Database, job: string) {
    this.#job = job
    this.#sql = prepareStatements(database)
  }

  add(entry: ProvisioningLogEntry, atMs: number): void {
    this.#sql.add.run({ job: this.#job, atMs, sourceId: entry.sourceIdentity.id, entry: JSON.stringify(entry) })
  }

  /** Entries in the order they were written. */
  entries({ sourceId, cycleId }: LogQuery = {}): readonly ProvisioningLogEntry[] {
    const rows =
      sourceId === undefined
        ? this.#sql.all.all({ job: this.#job })
        : this.#sql.bySource.all({ job: this.#job, sourceId })
    const entries = rows.map((row): ProvisioningLogEntry => JSON.parse(row.entry))
    return cycleId === undefined ? entries : entries.filter((entry) => entry.cycleId === cycleId)
  }

  /** Drops what is older than the retention allows. */
  removeBefore(atMs: number): void {
    this.#sql.removeBefore.run({ job: this.#job, atMs })
  }
}

function prepareStatements(database: Database) {
  database.exec(TABLES)
  return {
    add: database.prepare<[{ job: string; atMs: number; sourceId: string; entry: string }]>(
      "insert into log_entries (job, atMs, sourceId, entry) values (@job, @atMs, @sourceId, @entry)",
    ),
    all: database.prepare<[{ job: string }], { entry: string }>(
      "select entry from log_entries where job = @job order by seq",
    ),
    bySource: database.prepare<[{ job: string; sourceId: string }], { entry: string }>(
      "select entry from log_entries where job = @job and sourceId = @sourceId order by seq",
    ),
    removeBefore: database.prepare<[{ job: string; atMs: number }]>(
      "delete from log_entries where job = @job and atMs < @atMs",
    ),
  }
}
