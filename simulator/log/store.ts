/** The provisioning log of a job, in SQLite. Entries are immutable and leave only by age (ENG-LOG-08, documented). */
import type { Database } from "better-sqlite3"
import type { ProvisioningLogEntry } from "./entry.ts"

const TABLES = `
  create table if not exists log_entries (
    seq integer primary key, job text not null, atMs integer not null, cycleId text not null, sourceId text not null,
    entry text not null);
  create index if not exists log_entries_by_cycle on log_entries (job, cycleId, seq);
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
    const { cycleId, sourceIdentity } = entry
    this.#sql.add.run({ job: this.#job, atMs, cycleId, sourceId: sourceIdentity.id, entry: JSON.stringify(entry) })
  }

  /** Entries in the order they were written. */
  entries({ sourceId, cycleId }: LogQuery = {}): readonly ProvisioningLogEntry[] {
    const entries = this.#rows(sourceId, cycleId).map((row): ProvisioningLogEntry => JSON.parse(row.entry))
    const isAboutBoth = sourceId !== undefined && cycleId !== undefined
    return isAboutBoth ? entries.filter((entry) => entry.cycleId === cycleId) : entries
  }

  #rows(sourceId: string | undefined, cycleId: string | undefined): readonly { readonly entry: string }[] {
    const job = this.#job
    if (sourceId !== undefined) return this.#sql.bySource.all({ job, sourceId })
    return cycleId === undefined ? this.#sql.all.all({ job }) : this.#sql.byCycle.all({ job, cycleId })
  }

  /** Drops everything of the job. */
  removeAll(): void {
    this.#sql.removeAll.run({ job: this.#job })
  }

  /** Drops what is older than the retention allows. */
  removeBefore(atMs: number): void {
    this.#sql.removeBefore.run({ job: this.#job, atMs })
  }
}

function prepareStatements(database: Database) {
  database.exec(TABLES)
  return {
    add: database.prepare<[{ job: string; atMs: number; cycleId: string; sourceId: string; entry: string }]>(
      "insert into log_entries (job, atMs, cycleId, sourceId, entry) values (@job, @atMs, @cycleId, @sourceId, @entry)",
    ),
    all: database.prepare<[{ job: string }], { entry: string }>(
      "select entry from log_entries where job = @job order by seq",
    ),
    bySource: database.prepare<[{ job: string; sourceId: string }], { entry: string }>(
      "select entry from log_entries where job = @job and sourceId = @sourceId order by seq",
    ),
    byCycle: database.prepare<[{ job: string; cycleId: string }], { entry: string }>(
      "select entry from log_entries where job = @job and cycleId = @cycleId order by seq",
    ),
    removeAll: database.prepare<[{ job: string }]>("delete from log_entries where job = @job"),
    removeBefore: database.prepare<[{ job: string; atMs: number }]>(
      "delete from log_entries where job = @job and atMs < @atMs",
    ),
  }
}
