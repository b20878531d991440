/**
 * What a job remembers between cycles, in SQLite: links, references sent and still to send, escrows, its watermark and state.
 * A cycle costs what changed and never what the directory holds. Several jobs may share one database; each sees its own rows.
 */
import type { Database, Transaction } from "better-sqlite3"
import type { LogStep } from "../log/entry.ts"
import type { MatchingValue } from "../mapping/matching.ts"
import type { ObjectType } from "../mapping/model.ts"
import type { Escrow, EscrowKind } from "./escrow.ts"
import { JobRecords } from "./job-records.ts"
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

/** A reference to be written once the objects exist. */
export interface PendingReference {
  readonly ownerType: ObjectType
  readonly ownerId: string
  /** The mapping's target: `members`, `urn:…:User:manager`. */
  readonly path: string
  /** The member's source id; "" for a single-valued reference, whose source is read when it is written. */
  readonly memberId: string
  /** Sent even if it was sent before: a full evaluation sends the whole membership again (ENG-REF-11). */
  readonly isForced: boolean
}

/** A reference that the target has accepted. */
export interface SentReference {
  readonly memberId: string
  readonly memberTargetId: string
}

/** An owner whose references this cycle writes. */
export interface QueuedOwner {
  readonly ownerType: ObjectType
  readonly ownerId: string
  /** Whether the owner itself was written in this cycle, and has its log entry already. */
  readonly isExported: boolean
  /** The target ids that its single references point at in the target, by path. */
  readonly current: Readonly<Record<string, string>>
  /** The steps that it has gone through, where they are not in the log yet. */
  readonly steps: readonly LogStep[]
}

const PAGE_SIZE = 500

/** What a cycle works off beside the changes. Pending references wait for a change of their owner, or for its escrow. */
const SPARSE_WORK = ["escrows", "staged_deletes", "reference_queue"] as const

export class JobStore {
  readonly #atomically: Transaction<(work: () => void) => void>
  readonly #database: Database
  readonly #sql: JobStatements
  /** The job's values, as far as they were asked for. */
  readonly #values = new Map<string, string | null>()
  readonly #sparse: SparseTables
  readonly records: JobRecords

  /** `job`: the job's number in the file; rows of other jobs are never touched. The database stays open when the store is done with. */
  constructor(database: Database, job: number) {
    this.#database = database
    this.#atomically = database.transaction((work) => work())
    this.#sql = prepareStatements(database, job)
    this.#sparse = new SparseTables(this.#sql.any)
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
    this.#sql.removeSentBy.run(sourceId)
    this.#sql.removeSentOf.run(sourceId)
    this.#sparse.removed("pending_references")
    this.#sql.removePendingOf.run(objectType, sourceId)
    this.#sparse.removed("reference_queue")
    this.#sql.removeQueued.run(objectType, sourceId)
  }

  removeAllLinks(): void {
    this.#sql.removeAllLinks.run()
    this.#sql.removeFormerLinks.run()
    this.#sql.removeUnconfirmedCreates.run()
    this.#sql.removeAllSent.run()
    this.#sparse.removed("pending_references")
    this.#sql.removeAllPending.run()
  }

  sentReference(ownerId: string, path: string, memberId: string): SentReference | null {
    return this.#sql.sentReference.get(ownerId, path, memberId) ?? null
  }

  sentReferences(ownerId: string, path: string): readonly SentReference[] {
    return this.#sql.sentReferences.all(ownerId, path)
  }

  setSentReference(ownerId: string, path: string, sent: SentReference): void {
    this.#sql.setSentReference.run(ownerId, path, sent.memberId, sent.memberTargetId)
  }

  removeSentReference(ownerId: string, path: string, memberId: string): void {
    this.#sql.removeSentReference.run(ownerId, path, memberId)
  }

  addPending({ ownerType, ownerId, path, memberId, isForced }: PendingReference): void {
    this.#sparse.added("pending_references")
    this.#sql.addPending.run(ownerType, ownerId, path, memberId, Number(isForced))
  }

  setPendingForced({ ownerType, ownerId, path, memberId }: PendingReference, isForced: boolean): void {
    this.#sql.setPendingForced.run(Number(isForced), ownerType, ownerId, path, memberId)
  }

  hasPending(ownerType: ObjectType, ownerId: string): boolean {
    return !this.#sparse.isEmpty("pending_references") && this.#sql.anyPending.get(ownerType, ownerId) !== undefined
  }

  /** What one owner still has to send, in the order it was noted. Read page by page: rows may be removed meanwhile. */
  *pending(ownerType: ObjectType, ownerId: string): Generator<PendingReference> {
    for (let afterSeq = 0; ;) {
      const page = this.#sql.pending.all(ownerType, ownerId, afterSeq, PAGE_SIZE)
      for (const { seq, isForced, path, memberId } of page) {
        afterSeq = seq
        yield { ownerType, ownerId, path, memberId, isForced: isForced === 1 }
      }
      if (page.length < PAGE_SIZE) return
    }
  }

  countPending(): number {
    return this.#sparse.isEmpty("pending_references") ? 0 : (this.#sql.countPending.get()?.count ?? 0)
  }

  removePending({ ownerType, ownerId, path, memberId }: Omit<PendingReference, "isForced">): void {
    this.#sparse.removed("pending_references")
    this.#sql.removePending.run(ownerType, ownerId, path, memberId)
  }

  /** Lets the references step of this cycle look at an owner. `current`: targets of its single references, as last read. */
  queueOwner(ownerType: ObjectType, ownerId: string, current: Readonly<Record<string, string>>): void {
    this.#sparse.added("reference_queue")
    this.#sql.queueOwner.run(ownerType, ownerId, JSON.stringify(current))
  }

  isQueued(ownerType: ObjectType, ownerId: string): boolean {
    return !this.#sparse.isEmpty("reference_queue") && this.#sql.queued.get(ownerType, ownerId) !== undefined
  }

  /** Notes that the owner itself was written in this cycle. */
  markExported(ownerType: ObjectType, ownerId: string): void {
    this.#sql.markExported.run(ownerType, ownerId)
  }

  /** Keeps the steps of an owner whose log entry the references step will write. */
  setQueuedSteps(ownerType: ObjectType, ownerId: string, steps: readonly LogStep[]): void {
    this.#sql.setQueuedSteps.run(JSON.stringify(steps), ownerType, ownerId)
  }

  /** Takes the owners out of the queue, in the order they came. */
  *takeQueued(): Generator<QueuedOwner> {
    while (!this.#sparse.isEmpty("reference_queue")) {
      const row = this.#sql.nextQueued.get()
      if (row === undefined) return
      const { ownerType, ownerId } = row
      this.#sparse.removed("reference_queue")
      this.#sql.removeQueued.run(ownerType, ownerId)
      const current: QueuedOwner["current"] = JSON.parse(row.current)
      const steps: QueuedOwner["steps"] = JSON.parse(row.steps)
      yield { ownerType, ownerId, isExported: row.isExported === 1, current, steps }
    }
  }

  /** Drops what a cycle that broke off left in the queue: the next one queues it again. */
  clearQueue(): void {
    if (this.#sparse.isEmpty("reference_queue")) return
    this.#sparse.removed("reference_queue")
    this.#sql.clearQueue.run()
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
