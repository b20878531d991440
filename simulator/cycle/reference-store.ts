/** The references of a job's objects, in SQLite: sent, still to send, and whose of them this cycle writes. */
import type { LogStep } from "../log/entry.ts"
import type { ObjectType } from "../mapping/model.ts"
import type { SparseTables } from "./sparse-tables.ts"
import type { JobStatements } from "./store-statements.ts"

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

export class ReferenceStore {
  readonly #sql: JobStatements
  readonly #sparse: SparseTables

  constructor(sql: JobStatements, sparse: SparseTables) {
    this.#sql = sql
    this.#sparse = sparse
  }

  sent(ownerId: string, path: string, memberId: string): SentReference | null {
    return this.#sql.sentReference.get(ownerId, path, memberId) ?? null
  }

  allSent(ownerId: string, path: string): readonly SentReference[] {
    return this.#sql.sentReferences.all(ownerId, path)
  }

  setSent(ownerId: string, path: string, sent: SentReference): void {
    this.#sql.setSentReference.run(ownerId, path, sent.memberId, sent.memberTargetId)
  }

  removeSent(ownerId: string, path: string, memberId: string): void {
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

  /** Forgets what an object has sent and has to send, and that it was sent as somebody's reference. */
  removeOf(objectType: ObjectType, sourceId: string): void {
    this.#sql.removeSentBy.run(sourceId)
    this.#sql.removeSentOf.run(sourceId)
    this.#sparse.removed("pending_references")
    this.#sql.removePendingOf.run(objectType, sourceId)
    this.#sparse.removed("reference_queue")
    this.#sql.removeQueued.run(objectType, sourceId)
  }

  /** Forgets all that was sent and is to be sent. The queue is the cycle's. */
  removeAll(): void {
    this.#sql.removeAllSent.run()
    this.#sparse.removed("pending_references")
    this.#sql.removeAllPending.run()
  }
}
