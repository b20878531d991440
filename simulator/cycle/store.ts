/**
 * What a job remembers between cycles, in SQLite: links, references, escrows, deletions held back, its watermark and state.
 * A cycle costs what changed and never what the directory holds. Several jobs may share one database; each sees its own rows.
 */
import type { Database, Transaction } from "better-sqlite3"
import type { MatchingValue } from "../mapping/matching.ts"
import type { ObjectType } from "../mapping/model.ts"
import type { Escrow, EscrowKind } from "./escrow.ts"
import { JobRecords } from "./job-records.ts"
import { ReferenceStore } from "./reference-store.ts"
import { SparseTables } from "./sparse-tables.ts"
import { type JobStatements, prepareStatements } from "./store-statements.ts"

/**
 * How the job stands to a linked object: `active` in scope; `inactive` blocked or in the recycle bin, and still ours;
 * `unmanaged` out of scope and let go of after its disable, so that a later deletion sends nothing (ENG-DEPROV-07).
 */
export type LinkState = "active" | "inactive" | "unmanaged"

/** An object connection: the target's id for a source object (ENG-MATCH-06, -07). */
export interface Link {
  readonly objectType: ObjectType
  readonly sourceId: string
  readonly targetId: string
  readonly displayName: string
  readonly state: LinkState
}

/** What a cycle works off beside the changes. Pending references wait for a change of their owner, or for its escrow. */
const SPARSE_WORK = ["escrows", "staged_deletes", "reference_queue"] as const

export class JobStore {
  readonly #atomically: Transaction<(work: () => void) => void>
  readonly #database: Database
  readonly #sql: JobStatements
  /** The job's values, as far as they were asked for. */
  readonly #values = new Map<string, string | null>()
  readonly #sparse: SparseTables
  readonly references: ReferenceStore
  readonly records: JobRecords

  /** `job`: the job's number in the file; rows of other jobs are never touched. The database stays open when the store is done with. */
  constructor(database: Database, job: number) {
    this.#database = database
    this.#atomically = database.transaction((work) => work())
    this.#sql = prepareStatements(database, job)
    this.#sparse = new SparseTables(this.#sql.any)
    this.references = new ReferenceStore(this.#sql, this.#sparse)
    this.records = new JobRecords(database, job)
  }

  /** A value of the job's own, such as its watermark; null where it was never set. */
  value(name: string): string | null {
    const known = this.#values.get(name)
    if (known !== undefined) return known
    const value = this.#sql.value.get(name)?.value ?? null
    this.#values.set(name, value)
    return value
  }

  setValue(name: string, value: string | null): void {
    if (this.value(name) === value) return
    this.#values.set(name, value)
    if (value === null) this.#sql.removeValue.run(name)
    else this.#sql.setValue.run(name, value)
  }

  link(objectType: ObjectType, sourceId: string): Link | null {
    return this.#sql.link.get(objectType, sourceId) ?? null
  }

  /** The links to one object of the target; more than one where source objects share it. */
  linksByTarget(objectType: ObjectType, targetId: string): readonly Link[] {
    return this.#sql.linksByTarget.all(objectType, targetId)
  }

  links(): readonly Link[] {
    return this.#sql.links.all()
  }

  countLinks(): number {
    return this.#sql.countLinks.get()?.count ?? 0
  }

  setLink({ objectType, sourceId, targetId, displayName, state }: Link): void {
    const known = this.link(objectType, sourceId)
    if (known?.targetId === targetId && known.state === state && known.displayName === displayName) return
    this.#sql.setLink.run(objectType, sourceId, targetId, displayName, state)
    if (known === null) this.#sql.removeUnconfirmedCreate.run(objectType, sourceId)
  }

  /** Links an object that is known to have no link: its create is confirmed. */
  addLink({ objectType, sourceId, targetId, displayName, state }: Link): void {
    this.#sql.setLink.run(objectType, sourceId, targetId, displayName, state)
    this.#sql.removeUnconfirmedCreate.run(objectType, sourceId)
  }

  /** What to look for where a create was sent and its answer never stored; null where there was none. */
  unconfirmedCreate(objectType: ObjectType, sourceId: string): readonly MatchingValue[] | null {
    const row = this.#sql.unconfirmedCreate.get(objectType, sourceId)
    return row === undefined ? null : JSON.parse(row.matching)
  }

  /** Notes that a create is about to be sent, before it is: until it is linked or known to be refused, it may exist. */
  setUnconfirmedCreate(objectType: ObjectType, sourceId: string, matching: readonly MatchingValue[]): void {
    this.#sql.setUnconfirmedCreate.run(objectType, sourceId, JSON.stringify(matching))
  }

  removeUnconfirmedCreate(objectType: ObjectType, sourceId: string): void {
    this.#sql.removeUnconfirmedCreate.run(objectType, sourceId)
  }

  /** How many objects of each type were ever linked since the links were last forgotten as a whole (ENG-CYCLE-18). */
  entryCounts(): readonly { readonly objectType: ObjectType; readonly count: number }[] {
    return this.#sql.entryCounts.all()
  }

  /** Forgets an object with every reference it holds or that points at it. The target is not touched. */
  removeLink(objectType: ObjectType, sourceId: string): void {
    this.#sql.addFormerLink.run(objectType, sourceId)
    this.#sql.removeLink.run(objectType, sourceId)
    this.references.removeOf(objectType, sourceId)
  }

  removeAllLinks(): void {
    this.#sql.removeAllLinks.run()
    this.#sql.removeFormerLinks.run()
    this.#sql.removeUnconfirmedCreates.run()
    this.references.removeAll()
  }

  /** Whether no escrow is open, no deletion held back and nobody queued, so that a cycle has nothing to do but what changed. */
  isIdle(): boolean {
    return SPARSE_WORK.every((table) => this.#sparse.isEmpty(table))
  }

  escrow(objectType: ObjectType, objectId: string): Escrow | null {
    return this.#sparse.isEmpty("escrows") ? null : (this.#sql.escrow.get(objectType, objectId) ?? null)
  }

  escrows(): readonly Escrow[] {
    return this.#sql.escrows.all()
  }

  /** Escrows whose time has come, the oldest first. */
  dueEscrows(objectType: ObjectType, nowMs: number): readonly Escrow[] {
    return this.#sparse.isEmpty("escrows") ? [] : this.#sql.dueEscrows.all(objectType, nowMs)
  }

  countEscrows(kind: EscrowKind): number {
    return this.#sparse.isEmpty("escrows") ? 0 : (this.#sql.countEscrows.get(kind)?.count ?? 0)
  }

  /** Escrows whose last failure had this code. */
  countEscrowsOf(errorCode: string): number {
    return this.#sparse.isEmpty("escrows") ? 0 : (this.#sql.countEscrowsOf.get(errorCode)?.count ?? 0)
  }

  setEscrow({ objectType, objectId, kind, errorCode, firstFailureMs, retryCount, notBeforeMs }: Escrow): void {
    this.#sparse.added("escrows")
    this.#sql.setEscrow.run(objectType, objectId, kind, errorCode, firstFailureMs, retryCount, notBeforeMs)
  }

  removeEscrow(objectType: ObjectType, objectId: string): void {
    this.#sparse.removed("escrows")
    this.#sql.removeEscrow.run(objectType, objectId)
  }

  removeAllEscrows(): void {
    this.#sparse.removed("escrows")
    this.#sql.removeAllEscrows.run()
  }

  /** Holds an object's disable or deletion back (ENG-DEL-04). */
  stage(objectType: ObjectType, objectId: string): void {
    this.#sparse.added("staged_deletes")
    this.#sql.stage.run(objectType, objectId)
  }

  unstage(objectType: ObjectType, objectId: string): void {
    if (this.#sparse.isEmpty("staged_deletes")) return
    this.#sparse.removed("staged_deletes")
    this.#sql.unstage.run(objectType, objectId)
  }

  isStaged(objectType: ObjectType, objectId: string): boolean {
    return !this.#sparse.isEmpty("staged_deletes") && this.#sql.anyStaged.get(objectType, objectId) !== undefined
  }

  /** Ids of the objects held back, in the order in which they were. */
  staged(objectType: ObjectType): readonly string[] {
    return this.#sparse.isEmpty("staged_deletes") ? [] : this.#sql.staged.all(objectType).map((row) => row.objectId)
  }

  /** Drops everything that the job has kept here. */
  removeAll(): void {
    this.#forget()
    this.records.removeAll()
    for (const statement of this.#sql.removeEverything) statement.run()
  }

  /** Runs `work` as one unit: all of its writes, or none. Inside such work it just runs: an error undoes the whole. */
  atomically(work: () => void): void {
    if (this.#database.inTransaction) return work()
    // No part of the unit: with it, they would be undone.
    this.records.writeCycles()
    try {
      this.#atomically(work)
    } catch (error) {
      this.#forget()
      throw error
    }
  }

  /** What was read may no longer hold. */
  #forget(): void {
    this.#values.clear()
    this.#sparse.forget()
    this.records.forget()
  }
}
