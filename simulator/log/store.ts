/** The provisioning log of a job, in SQLite. Entries are immutable and leave only by age (ENG-LOG-08, documented). */
import type { Database } from "better-sqlite3"
import type { ProvisioningLogEntry } from "./entry.ts"

const TABLES = `
  create table if not exists log_entries (
    seq integer primary key, job integer not null, atMs integer not null, cycleId text not null, sourceId text not null,
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
  readonly #sql: ReturnType<typeof prepareStatements>
  /** No entry is older than this, as far as is known: spares a query each time the retention is looked at. */
  #oldestMs = Number.NEGATIVE_INFINITY

  /** `job`: the job's number in the file. */
  constructor(database: Database, job: number) {
    this.#sql = prepareStatements(database, job)
  }

  add(entry: ProvisioningLogEntry, atMs: number): void {
    this.#oldestMs = Math.min(this.#oldestMs, atMs)
    this.#sql.add.run(atMs, entry.cycleId, entry.sourceIdentity.id, JSON.stringify(entry))
  }

  /** Entries in the order they were written. */
  entries({ sourceId, cycleId }: LogQuery = {}): readonly ProvisioningLogEntry[] {
    const entries = this.#rows(sourceId, cycleId).map((row): ProvisioningLogEntry => JSON.parse(row.entry))
    const isAboutBoth = sourceId !== undefined && cycleId !== undefined
    return isAboutBoth ? entries.filter((entry) => entry.cycleId === cycleId) : entries
  }

  #rows(sourceId: string | undefined, cycleId: string | undefined): readonly { readonly entry: string }[] {
    if (sourceId !== undefined) return this.#sql.bySource.all(sourceId)
    return cycleId === undefined ? this.#sql.all.all() : this.#sql.byCycle.all(cycleId)
  }

  /** Drops everything of the job. */
  removeAll(): void {
    this.#sql.removeAll.run()
  }

  /** Drops what is older than the retention allows. */
  removeBefore(atMs: number): void {
    if (this.#oldestMs >= atMs) return
    this.#sql.removeBefore.run(atMs)
    this.#oldestMs = this.#sql.oldest.get() ?? Number.POSITIVE_INFINITY
  }
}

function prepareStatements(database: Database, job: number) {
  database.exec(TABLES)
  const ofJob = `where job = ${job}`
  return {
    add: database.prepare<[atMs: number, cycleId: string, sourceId: string, entry: string]>(
      `insert into log_entries (job, atMs, cycleId, sourceId, entry) values (${job}, ?, ?, ?, ?)`,
    ),
    all: database.prepare<[], { entry: string }>(`select entry from log_entries ${ofJob} order by seq`),
    bySource: database.prepare<[sourceId: string], { entry: string }>(
      `select entry from log_entries ${ofJob} and sourceId = ? order by seq`,
    ),
    byCycle: database.prepare<[cycleId: string], { entry: string }>(
      `select entry from log_entries ${ofJob} and cycleId = ? order by seq`,
    ),
    removeAll: database.prepare<[]>(`delete from log_entries ${ofJob}`),
    oldest: database.prepare<[], number | null>(`select min(atMs) from log_entries ${ofJob}`).pluck(),
    removeBefore: database.prepare<[atMs: number]>(`delete from log_entries ${ofJob} and atMs < ?`),
  }
}
