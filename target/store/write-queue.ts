/**
 * Writes in the order they came. On a file, those that arrive within one turn of the event loop share one commit, so that
 * many requests wait for the disk once; each is answered only after that commit, and one that fails is undone alone.
 */
import { setImmediate } from "node:timers"
import type { Database, Statement } from "better-sqlite3"

interface QueuedWrite {
  /** Does the work; what it gives is told by `accept` or `refuse`, once it is certain. */
  perform(): Outcome
  refuse(error: unknown): void
}

/** Tells the waiting request how its work went. */
type Outcome = () => void

export class WriteQueue {
  readonly #database: Database
  readonly #begin: Statement
  readonly #commit: Statement
  readonly #rollback: Statement
  readonly #save: Statement
  readonly #release: Statement
  readonly #undo: Statement
  #waiting: QueuedWrite[] = []
  #commits = 0

  constructor(database: Database) {
    this.#database = database
    this.#begin = database.prepare("BEGIN IMMEDIATE")
    this.#commit = database.prepare("COMMIT")
    this.#rollback = database.prepare("ROLLBACK")
    this.#save = database.prepare("SAVEPOINT write")
    this.#release = database.prepare("RELEASE write")
    this.#undo = database.prepare("ROLLBACK TO write")
  }

  /** Does the work as one unit, at once: it is all stored, or nothing is. Units nest. */
  atomically<T>(work: () => T): T {
    this.#save.run()
    try {
      const result = work()
      this.#release.run()
      return result
    } catch (error) {
      // A full disk ends the whole transaction by itself.
      if (this.#database.inTransaction) {
        this.#undo.run()
        this.#release.run()
      }
      throw error
    }
  }

  /** Does the work as one unit when its turn comes; resolves with what it gives once that is committed. */
  enqueue<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#database.memory) {
        resolve(this.atomically(work))
        this.#commits += 1
        return
      }
      this.#waiting.push({
        perform: () => {
          try {
            const result = this.atomically(work)
            return () => resolve(result)
          } catch (error) {
            if (!this.#database.inTransaction) throw error
            return () => reject(error)
          }
        },
        refuse: reject,
      })
      // No matter of time: behind everything that has arrived already.
      if (this.#waiting.length === 1) setImmediate(() => this.flush())
    })
  }

  /** How many commits queued writes have led to; in memory each is one. */
  get commits(): number {
    return this.#commits
  }

  /** Does what is waiting now. */
  flush(): void {
    if (this.#waiting.length === 0) return
    const writes = this.#waiting
    this.#waiting = []
    try {
      this.#begin.run()
      const outcomes = writes.map((write) => write.perform())
      this.#commit.run()
      this.#commits += 1
      for (const tell of outcomes) tell()
    } catch (error) {
      // Not committed: nobody may be told that anything was stored.
      if (this.#database.inTransaction) this.#rollback.run()
      for (const write of writes) write.refuse(error)
    }
  }
}
