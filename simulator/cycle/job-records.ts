/**
 * What a job keeps for ever, in SQLite: its cycles, audit entries about it, e-mails about it. Cycles are kept together with when the next one
 * is due. In most of a year's cycles nothing happens, and a write costs as much as the rest of such a cycle: those are written together.
 */
import { setImmediate } from "node:timers"
import type { Database } from "better-sqlite3"
import { prepareLater } from "../prepare-later.ts"
import type { CycleSummary } from "./summary.ts"

export type RecordKind = "audit" | "notification"

const TABLES = `
  create table if not exists job_cycles (
    job integer not null, seq integer not null, summaries text not null, nextStartMs integer not null, primary key (job, seq))
    without rowid;
  create table if not exists job_records (
    job integer not null, kind text not null, seq integer not null, record text not null, primary key (job, kind, seq))
    without rowid;
`

/** Where the cycles that are written end. */
interface LastRow {
  readonly seq: number
  readonly nextStartMs: number
}

export class JobRecords {
  readonly #sql: ReturnType<typeof prepareStatements>
  /** Undefined until it is asked for; null where nothing is written. */
  #lastRow: LastRow | null | undefined
  /** Cycles that changed nothing else and are not written yet, and when the one after them is due. */
  #unwritten: { readonly summaries: CycleSummary[]; nextStartMs: number } | null = null
  #isWriteDue = false
  /** How many records of a kind there are, as far as any were added. */
  readonly #counts = new Map<RecordKind, number>()

  /** `job`: the job's number in the file. */
  constructor(database: Database, job: number) {
    this.#sql = prepareStatements(database, job)
  }

  /** Appends a cycle that has ended, in one unit with what it changed. */
  addCycle(summary: CycleSummary, nextStartMs: number): void {
    this.writeCycles()
    this.#addRow([summary], nextStartMs)
  }

  /**
   * Appends a cycle that changed nothing else. It is written at the next turn of the event loop, with those that follow until then; a process
   * that is killed before repeats a cycle in which nothing happened.
   */
  addCycleSoon(summary: CycleSummary, nextStartMs: number): void {
    this.#unwritten ??= { summaries: [], nextStartMs }
    this.#unwritten.summaries.push(summary)
    this.#unwritten.nextStartMs = nextStartMs
    if (this.#isWriteDue) return
    this.#isWriteDue = true
    setImmediate(() => this.#writeInTime())
  }

  /** Writes the cycles that are not written yet. */
  writeCycles(): void {
    if (this.#unwritten === null) return
    this.#addRow(this.#unwritten.summaries, this.#unwritten.nextStartMs)
    this.#unwritten = null
  }

  /** When the cycle after the last one is due, in epoch milliseconds; null where none has ended yet. */
  get nextStartMs(): number | null {
    return (this.#unwritten ?? this.#last())?.nextStartMs ?? null
  }

  /** The cycles, the oldest first. */
  cycles(): readonly CycleSummary[] {
    this.writeCycles()
    return this.#sql.cycles.all().flatMap(({ summaries }): CycleSummary[] => JSON.parse(summaries))
  }

  /** Appends a record. What is kept is the caller's, as JSON text. */
  add(kind: RecordKind, record: string): void {
    const seq = (this.#counts.get(kind) ?? this.#sql.lastRecord.get(kind)?.seq ?? 0) + 1
    this.#counts.set(kind, seq)
    this.#sql.addRecord.run(kind, seq, record)
  }

  /** The records of a kind, the oldest first. */
  all(kind: RecordKind): readonly string[] {
    return this.#sql.records.all(kind).map((row) => row.record)
  }

  removeAll(): void {
    this.#unwritten = null
    this.forget()
    this.#sql.removeCycles.run()
    this.#sql.removeRecords.run()
  }

  /** What was read may no longer hold. */
  forget(): void {
    this.#lastRow = undefined
    this.#counts.clear()
  }

  #writeInTime(): void {
    this.#isWriteDue = false
    try {
      this.writeCycles()
    } catch {
      // Nobody waits here. They are kept: whoever writes next meets the same error, and can report it.
    }
  }

  #addRow(summaries: readonly CycleSummary[], nextStartMs: number): void {
    const seq = (this.#last()?.seq ?? 0) + 1
    this.#sql.addCycles.run(seq, JSON.stringify(summaries), nextStartMs)
    this.#lastRow = { seq, nextStartMs }
  }

  #last(): LastRow | null {
    if (this.#lastRow === undefined) this.#lastRow = this.#sql.lastRow.get() ?? null
    return this.#lastRow
  }
}

function prepareStatements(database: Database, job: number) {
  database.exec(TABLES)
  const ofJob = `where job = ${job}`
  const prepare = <Parameters extends unknown[], Row = never>(sql: string) =>
    prepareLater<Parameters, Row>(database, sql)
  return {
    addCycles: prepare<[seq: number, summaries: string, nextStartMs: number]>(
      `insert into job_cycles values (${job}, ?, ?, ?)`,
    ),
    lastRow: prepare<[], LastRow>(`select seq, nextStartMs from job_cycles ${ofJob} order by seq desc limit 1`),
    cycles: prepare<[], { summaries: string }>(`select summaries from job_cycles ${ofJob} order by seq`),
    addRecord: prepare<[kind: RecordKind, seq: number, record: string]>(
      `insert into job_records values (${job}, ?, ?, ?)`,
    ),
    lastRecord: prepare<[kind: RecordKind], { seq: number | null }>(
      `select max(seq) as seq from job_records ${ofJob} and kind = ?`,
    ),
    records: prepare<[kind: RecordKind], { record: string }>(
      `select record from job_records ${ofJob} and kind = ? order by seq`,
    ),
    removeCycles: prepare<[]>(`delete from job_cycles ${ofJob}`),
    removeRecords: prepare<[]>(`delete from job_records ${ofJob}`),
  }
}
