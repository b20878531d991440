/**
 * What a job remembers between cycles, in SQLite: links, references sent and still to send, escrows, its watermark and state.
 * A cycle costs what changed and never what the directory holds. Several jobs may share one database; each sees its own rows.
 */
import type { Database, Transaction } from "better-sqlite3"
import type { LogStep } from "../log/entry.ts"
import type { MatchingValue } from "../mapping/matching.ts"
import type { ObjectType } from "../mapping/model.ts"
import type { Escrow, EscrowKind } from "./escrow.ts"
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

/** What a job keeps for ever: summaries of its cycles, audit entries about it, e-mails about it. */
export type RecordKind = "cycle" | "audit" | "notification"

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

export class JobStore {
  readonly #atomically: Transaction<(work: () => void) => void>
  readonly #job: string
  readonly #sql: JobStatements

  /** `job`: the job's id; rows of other jobs are never touched. The database stays open when the store is done with. */
  constructor(database: Database, job: string) {
    this.#job = job
    this.#atomically = database.transaction((work) => work())
    this.#sql = prepareStatements(database)
  }

  /** A value of the job's own, such as its watermark; null where it was never set. */
  value(name: string): string | null {
    return this.#sql.value.get({ job: this.#job, name })?.value ?? null
  }

  setValue(name: string, value: string | null): void {
    if (value === null) this.#sql.removeValue.run({ job: this.#job, name })
    else this.#sql.setValue.run({ job: this.#job, name, value })
  }

  link(objectType: ObjectType, sourceId: string): Link | null {
    return this.#sql.link.get({ job: this.#job, objectType, sourceId }) ?? null
  }

  /** The links to one object of the target; more than one where source objects share it. */
  linksByTarget(objectType: ObjectType, targetId: string): readonly Link[] {
    return this.#sql.linksByTarget.all({ job: this.#job, objectType, targetId })
  }

  links(): readonly Link[] {
    return this.#sql.links.all({ job: this.#job })
  }

  countLinks(): number {
    return this.#sql.countLinks.get({ job: this.#job })?.count ?? 0
  }

  setLink(link: Link): void {
    const known = this.link(link.objectType, link.sourceId)
    const isSame =
      known?.targetId === link.targetId && known.state === link.state && known.displayName === link.displayName
    if (isSame) return
    this.#sql.setLink.run({ job: this.#job, ...link })
    if (known !== null) return
    this.#sql.addKnownEntry.run({ job: this.#job, ...link })
    this.#sql.removeUnconfirmedCreate.run({ job: this.#job, ...link })
  }

  /** What to look for where a create was sent and its answer never stored; null where there was none. */
  unconfirmedCreate(objectType: ObjectType, sourceId: string): readonly MatchingValue[] | null {
    const row = this.#sql.unconfirmedCreate.get({ job: this.#job, objectType, sourceId })
    return row === undefined ? null : JSON.parse(row.matching)
  }

  /** Notes that a create is about to be sent, before it is: until it is linked or known to be refused, it may exist. */
  setUnconfirmedCreate(objectType: ObjectType, sourceId: string, matching: readonly MatchingValue[]): void {
    this.#sql.setUnconfirmedCreate.run({ job: this.#job, objectType, sourceId, matching: JSON.stringify(matching) })
  }

  removeUnconfirmedCreate(objectType: ObjectType, sourceId: string): void {
    this.#sql.removeUnconfirmedCreate.run({ job: this.#job, objectType, sourceId })
  }

  /** How many objects of each type were ever linked since the links were last forgotten as a whole (ENG-CYCLE-18). */
  entryCounts(): readonly { readonly objectType: ObjectType; readonly count: number }[] {
    return this.#sql.entryCounts.all({ job: this.#job })
  }

  /** Forgets an object with every reference it holds or that points at it. The target is not touched. */
  removeLink(objectType: ObjectType, sourceId: string): void {
    const job = this.#job
    this.#sql.removeLink.run({ job, objectType, sourceId })
    this.#sql.removeSentBy.run({ job, ownerId: sourceId })
    this.#sql.removeSentOf.run({ job, memberId: sourceId })
    this.#sql.removePendingOf.run({ job, ownerType: objectType, ownerId: sourceId })
    this.#sql.removeQueued.run({ job, ownerType: objectType, ownerId: sourceId })
  }

  removeAllLinks(): void {
    const job = { job: this.#job }
    this.#sql.removeAllLinks.run(job)
    this.#sql.removeKnownEntries.run(job)
    this.#sql.removeUnconfirmedCreates.run(job)
    this.#sql.removeAllSent.run(job)
    this.#sql.removeAllPending.run(job)
  }

  sentReference(ownerId: string, path: string, memberId: string): SentReference | null {
    return this.#sql.sentReference.get({ job: this.#job, ownerId, path, memberId }) ?? null
  }

  sentReferences(ownerId: string, path: string): readonly SentReference[] {
    return this.#sql.sentReferences.all({ job: this.#job, ownerId, path })
  }

  setSentReference(ownerId: string, path: string, sent: SentReference): void {
    this.#sql.setSentReference.run({ job: this.#job, ownerId, path, ...sent })
  }

  removeSentReference(ownerId: string, path: string, memberId: string): void {
    this.#sql.removeSentReference.run({ job: this.#job, ownerId, path, memberId })
  }

  addPending(reference: PendingReference): void {
    this.#sql.addPending.run({ job: this.#job, ...reference, isForced: Number(reference.isForced) })
  }

  hasPending(ownerType: ObjectType, ownerId: string): boolean {
    return this.#sql.anyPending.get({ job: this.#job, ownerType, ownerId }) !== undefined
  }

  /** What one owner still has to send, in the order it was noted. Read page by page: rows may be removed meanwhile. */
  *pending(ownerType: ObjectType, ownerId: string): Generator<PendingReference> {
    for (let afterSeq = 0; ;) {
      const page = this.#sql.pending.all({ job: this.#job, ownerType, ownerId, afterSeq, limit: PAGE_SIZE })
      for (const { seq, isForced, path, memberId } of page) {
        afterSeq = seq
        yield { ownerType, ownerId, path, memberId, isForced: isForced === 1 }
      }
      if (page.length < PAGE_SIZE) return
    }
  }

  countPending(): number {
    return this.#sql.countPending.get({ job: this.#job })?.count ?? 0
  }

  removePending({ ownerType, ownerId, path, memberId }: Omit<PendingReference, "isForced">): void {
    this.#sql.removePending.run({ job: this.#job, ownerType, ownerId, path, memberId })
  }

  /** Lets the references step of this cycle look at an owner. `current`: targets of its single references, as last read. */
  queueOwner(ownerType: ObjectType, ownerId: string, current: Readonly<Record<string, string>>): void {
    this.#sql.queueOwner.run({ job: this.#job, ownerType, ownerId, current: JSON.stringify(current) })
  }

  isQueued(ownerType: ObjectType, ownerId: string): boolean {
    return this.#sql.queued.get({ job: this.#job, ownerType, ownerId }) !== undefined
  }

  /** Notes that the owner itself was written in this cycle. */
  markExported(ownerType: ObjectType, ownerId: string): void {
    this.#sql.markExported.run({ job: this.#job, ownerType, ownerId })
  }

  /** Keeps the steps of an owner whose log entry the references step will write. */
  setQueuedSteps(ownerType: ObjectType, ownerId: string, steps: readonly LogStep[]): void {
    this.#sql.setQueuedSteps.run({ job: this.#job, ownerType, ownerId, steps: JSON.stringify(steps) })
  }

  /** Takes the owners out of the queue, in the order they came. */
  *takeQueued(): Generator<QueuedOwner> {
    for (;;) {
      const row = this.#sql.nextQueued.get({ job: this.#job })
      if (row === undefined) return
      const { ownerType, ownerId } = row
      this.#sql.removeQueued.run({ job: this.#job, ownerType, ownerId })
      const current: QueuedOwner["current"] = JSON.parse(row.current)
      const steps: QueuedOwner["steps"] = JSON.parse(row.steps)
      yield { ownerType, ownerId, isExported: row.isExported === 1, current, steps }
    }
  }

  /** Drops what a cycle that broke off left in the queue: the next one queues it again. */
  clearQueue(): void {
    this.#sql.clearQueue.run({ job: this.#job })
  }

  escrow(objectType: ObjectType, objectId: string): Escrow | null {
    return this.#sql.escrow.get({ job: this.#job, objectType, objectId }) ?? null
  }

  escrows(): readonly Escrow[] {
    return this.#sql.escrows.all({ job: this.#job })
  }

  /** Escrows whose time has come, the oldest first. */
  dueEscrows(objectType: ObjectType, nowMs: number): readonly Escrow[] {
    return this.#sql.dueEscrows.all({ job: this.#job, objectType, nowMs })
  }

  countEscrows(kind: EscrowKind): number {
    return this.#sql.countEscrows.get({ job: this.#job, kind })?.count ?? 0
  }

  /** Escrows whose last failure had this code. */
  countEscrowsOf(errorCode: string): number {
    return this.#sql.countEscrowsOf.get({ job: this.#job, errorCode })?.count ?? 0
  }

  setEscrow(escrow: Escrow): void {
    this.#sql.setEscrow.run({ job: this.#job, ...escrow })
  }

  removeEscrow(objectType: ObjectType, objectId: string): void {
    this.#sql.removeEscrow.run({ job: this.#job, objectType, objectId })
  }

  removeAllEscrows(): void {
    this.#sql.removeAllEscrows.run({ job: this.#job })
  }

  /** Holds an object's disable or deletion back (ENG-DEL-04). */
  stage(objectType: ObjectType, objectId: string): void {
    this.#sql.stage.run({ job: this.#job, objectType, objectId })
  }

  unstage(objectType: ObjectType, objectId: string): void {
    this.#sql.unstage.run({ job: this.#job, objectType, objectId })
  }

  /** Ids of the objects held back, in the order in which they were. */
  staged(objectType: ObjectType): readonly string[] {
    return this.#sql.staged.all({ job: this.#job, objectType }).map((row) => row.objectId)
  }

  /** Appends to the job's own records. What is kept is the caller's, as JSON text. */
  addRecord(kind: RecordKind, record: string): void {
    this.#sql.addRecord.run({ job: this.#job, kind, record })
  }

  /** The records of a kind, the oldest first. */
  records(kind: RecordKind): readonly string[] {
    return this.#sql.records.all({ job: this.#job, kind }).map((row) => row.record)
  }

  /** Drops everything that the job has kept here. */
  removeAll(): void {
    for (const statement of this.#sql.removeEverything) statement.run({ job: this.#job })
  }

  /** Runs `work` as one unit: all of its writes, or none. */
  atomically(work: () => void): void {
    this.#atomically(work)
  }
}
