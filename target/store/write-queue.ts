/**
 * Writes in the order they came. On a file, those that arrive within one turn of the event loop share one commit, so that
 * many requests wait for the disk once; each is answered only after that commit, and one that fails is undone alone.
 *
 * Nearly all writes succeed, so they are done without a savepoint each: that would copy every page they change. Where one
 * fails after all, everything is rolled back and done once more, then with savepoints.
 */
import { clearTimeout, setImmediate, setTimeout } from "node:timers"
import type { Database, Statement } from "better-sqlite3"
import { Gathering } from "./gathering.ts"

export interface EnqueueOptions {
  /** Whether the work will throw, as planned: it gets a savepoint at once, and nothing is done twice for it. */
  readonly isTrial?: boolean
}

interface QueuedWrite {
  /** Does the work, with a savepoint around it or without; what it gives is told once it is certain. */
  perform(isGuarded: boolean): Outcome
  refuse(error: unknown): void
}

/** Tells the waiting request how its work went. */
type Outcome = () => void

/** What is remembered beside the database and must be taken back with it: gives the function that does so. */
export type Mark = () => () => void

/** When what is waiting is done. */
export interface Timing {
  /** Behind everything that has arrived already. */
  soon(run: () => void): void
  /** Once whoever was just answered has had the time to write again. Gives the function that calls it off. */
  later(run: () => void): () => void
}

/** A round trip of a client near by takes a fraction of it. */
const GATHERING_MS = 1

const SYSTEM_TIMING: Timing = {
  soon: (run) => setImmediate(run),
  later: (run) => {
    const timer = setTimeout(run, GATHERING_MS)
    return () => clearTimeout(timer)
  },
}

export class WriteQueue {
  readonly #database: Database
  readonly #mark: Mark
  readonly #begin: Statement
  readonly #commit: Statement
  readonly #rollback: Statement
  readonly #save: Statement
  readonly #release: Statement
  readonly #undo: Statement
  readonly #timing: Timing
  readonly #gathering = new Gathering()
  #waiting: QueuedWrite[] = []
  /** Calls off the wait for more. */
  #callOff: (() => void) | undefined
  #isDue = false
  #commits = 0

  constructor(database: Database, mark: Mark = () => () => {}, timing: Timing = SYSTEM_TIMING) {
    this.#database = database
    this.#timing = timing
    this.#mark = mark
    this.#begin = database.prepare("BEGIN IMMEDIATE")
    this.#commit = database.prepare("COMMIT")
    this.#rollback = database.prepare("ROLLBACK")
    this.#save = database.prepare("SAVEPOINT write")
    this.#release = database.prepare("RELEASE write")
    this.#undo = database.prepare("ROLLBACK TO write")
  }

  /** Does the work as one unit, at once: it is all stored, or nothing is. Units nest. */
  atomically<T>(work: () => T): T {
    const takeBack = this.#mark()
    this.#save.run()
    try {
      const result = work()
      this.#release.run()
      return result
    } catch (error) {
      takeBack()
      // A full disk ends the whole transaction by itself.
      if (this.#database.inTransaction) {
        this.#undo.run()
        this.#release.run()
      }
      throw error
    }
  }

  /**
   * Does the work as one unit when its turn comes; resolves with what it gives once that is committed. It may be done twice,
   * the first time in vain, so it must have no effect beside the database and what was marked.
   */
  enqueue<T>(work: () => T, { isTrial = false }: EnqueueOptions = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#database.memory) {
        resolve(this.atomically(work))
        this.#commits += 1
        return
      }
      this.#waiting.push({
        perform: (isGuarded) => {
          if (!isGuarded && !isTrial) {
            const result = work()
            return () => resolve(result)
          }
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
      this.#arrange()
    })
  }

  /** How many commits queued writes have led to; in memory each is one. */
  get commits(): number {
    return this.#commits
  }

  /** Does what is waiting now. */
  flush(): void {
    this.#isDue = false
    this.#stopWaiting()
    if (this.#waiting.length === 0) return
    const writes = this.#waiting
    this.#waiting = []
    try {
      for (const tell of this.#commitTogether(writes)) tell()
    } catch (error) {
      // Not committed: nobody may be told that anything was stored.
      for (const write of writes) write.refuse(error)
    }
    // Who came during the commit is seen only now.
    this.#timing.soon(() => this.#gathering.sawTogether(writes.length + this.#waiting.length))
  }

  #stopWaiting(): void {
    this.#callOff?.()
    this.#callOff = undefined
  }

  /** Lets what is waiting be done when it is time. */
  #arrange(): void {
    if (this.#isDue) return
    if (this.#gathering.shouldWait(this.#waiting.length)) {
      this.#callOff ??= this.#timing.later(() => {
        this.#gathering.waited(true)
        this.flush()
      })
      return
    }
    if (this.#callOff === undefined) this.#gathering.wentAtOnce()
    else this.#gathering.waited(false)
    this.#stopWaiting()
    this.#isDue = true
    this.#timing.soon(() => this.flush())
  }

  #commitTogether(writes: readonly QueuedWrite[]): readonly Outcome[] {
    const takeBack = this.#mark()
    try {
      const outcomes = this.#performUnguarded(writes) ?? this.#perform(writes, true)
      this.#commit.run()
      this.#commits += 1
      return outcomes
    } catch (error) {
      takeBack()
      this.#rollBack()
      throw error
    }
  }

  /** Undefined where one of them failed, and nothing is changed. */
  #performUnguarded(writes: readonly QueuedWrite[]): readonly Outcome[] | undefined {
    const takeBack = this.#mark()
    try {
      return this.#perform(writes, false)
    } catch {
      takeBack()
      this.#rollBack()
      return undefined
    }
  }

  #perform(writes: readonly QueuedWrite[], isGuarded: boolean): readonly Outcome[] {
    this.#begin.run()
    return writes.map((write) => write.perform(isGuarded))
  }

  #rollBack(): void {
    if (this.#database.inTransaction) this.#rollback.run()
  }
}
