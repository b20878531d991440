/** The provisioning log of a job, in SQLite. Entries are immutable and leave only by age (ENG-LOG-08, documented). */
import type { Database } from "better-sqlite3"
import { prepareLater } from "../prepare-later.ts"
import { type LogOrigin, type LogRun, type ProvisioningLogEntry, toLogEntry } from "./entry.ts"
import { packRun, unpackRun } from "./packed-run.ts"

const TABLES = `
  create table if not exists log_origins (number integer primary key, job integer not null, origin text not null);
  create table if not exists log_entries (
    seq integer primary key, job integer not null, origin integer not null, atMs integer not null, cycleId text not null,
    sourceId text not null, run text not null);
`

/** Which entries to read; all of the job's unless narrowed. */
export interface LogQuery {
  /** Entries about this object of the source. */
  readonly sourceId?: string
  /** Entries of one cycle. */
  readonly cycleId?: string
}

interface LogRow {
  readonly origin: number
  readonly endedMs: number
  readonly cycleId: string
  readonly sourceId: string
  readonly run: string
}

export class LogStore {
  readonly #sql: ReturnType<typeof prepareStatements>
  /** The number of the origin that new entries have. */
  readonly #origin: number
  /** No entry is older than this, as far as is known: spares a query each time the retention is looked at. */
  #oldestMs = Number.NEGATIVE_INFINITY

  /** `job`: the job's number in the file. `origin`: what entries that are added say of the job; older ones keep theirs. */
  constructor(database: Database, job: number, origin: LogOrigin) {
    this.#sql = prepareStatements(database, job)
    const text = JSON.stringify(origin)
    const known = this.#sql.origins.all().find((row) => row.origin === text)
    this.#origin = known?.number ?? Number(this.#sql.addOrigin.run(text).lastInsertRowid)
  }

  add(run: LogRun): void {
    this.#oldestMs = Math.min(this.#oldestMs, run.endedMs)
    this.#sql.add.run(this.#origin, run.endedMs, run.cycleId, run.subject.sourceId, packRun(run))
  }

  /** Entries in the order they were written. */
  entries({ sourceId, cycleId }: LogQuery = {}): readonly ProvisioningLogEntry[] {
    const origins = new Map(this.#sql.origins.all().map(({ number, origin }) => [number, parseOrigin(origin)]))
    const isAboutBoth = sourceId !== undefined && cycleId !== undefined
    return this.#rows(sourceId, cycleId).flatMap((row) => {
      const origin = origins.get(row.origin)
      if (origin === undefined || (isAboutBoth && row.cycleId !== cycleId)) return []
      return toLogEntry(origin, unpackRun(row.run, row))
    })
  }

  #rows(sourceId: string | undefined, cycleId: string | undefined): readonly LogRow[] {
    if (sourceId !== undefined) return this.#sql.bySource.all(sourceId)
    return cycleId === undefined ? this.#sql.all.all() : this.#sql.byCycle.all(cycleId)
  }

  /** Drops everything of the job. */
  removeAll(): void {
    this.#sql.removeAll.run()
    this.#sql.removeOrigins.run()
  }

  /** Drops what is older than the retention allows. */
  removeBefore(atMs: number): void {
    if (this.#oldestMs >= atMs) return
    this.#sql.removeBefore.run(atMs)
    this.#oldestMs = this.#sql.oldest.get()?.atMs ?? Number.POSITIVE_INFINITY
  }
}

function parseOrigin(text: string): LogOrigin {
  return JSON.parse(text)
}

/** Most jobs are never asked by any of them. */
const BY_SOURCE = "log_entries_by_source on log_entries (job, sourceId, seq)"
const BY_CYCLE = "log_entries_by_cycle on log_entries (job, cycleId, seq)"
const BY_TIME = "log_entries_by_time on log_entries (job, atMs)"

const ROWS = "select origin, atMs as endedMs, cycleId, sourceId, run from log_entries"

function prepareStatements(database: Database, job: number) {
  database.exec(TABLES)
  const ofJob = `where job = ${job}`
  return {
    add: database.prepare<[origin: number, atMs: number, cycleId: string, sourceId: string, run: string]>(
      `insert into log_entries (job, origin, atMs, cycleId, sourceId, run) values (${job}, ?, ?, ?, ?, ?)`,
    ),
    addOrigin: database.prepare<[origin: string]>(`insert into log_origins (job, origin) values (${job}, ?)`),
    origins: database.prepare<[], { number: number; origin: string }>(
      `select number, origin from log_origins ${ofJob}`,
    ),
    all: database.prepare<[], LogRow>(`${ROWS} ${ofJob} order by seq`),
    bySource: prepareLater<[sourceId: string], LogRow>(
      database,
      `${ROWS} ${ofJob} and sourceId = ? order by seq`,
      BY_SOURCE,
    ),
    byCycle: prepareLater<[cycleId: string], LogRow>(
      database,
      `${ROWS} ${ofJob} and cycleId = ? order by seq`,
      BY_CYCLE,
    ),
    removeAll: database.prepare<[]>(`delete from log_entries ${ofJob}`),
    removeOrigins: database.prepare<[]>(`delete from log_origins ${ofJob}`),
    oldest: prepareLater<[], { atMs: number | null }>(
      database,
      `select min(atMs) as atMs from log_entries ${ofJob}`,
      BY_TIME,
    ),
    removeBefore: prepareLater<[atMs: number]>(database, `delete from log_entries ${ofJob} and atMs < ?`, BY_TIME),
  }
}
