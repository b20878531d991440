/**
 * The virtual clock, on which months pass in seconds: time stands still while anything runs and moves to the next
 * due instant once every piece of running work is asleep. "Running" is counted, not guessed: each scheduled task, and each
 * stretch of real input or output under `hold`, is one *piece* of sequential work. A piece counts as running until it
 * settles, except while it waits for `sleep`, by `waitOn`, or for a piece it started itself. Which piece calls `sleep` is known from the
 * asynchronous context, so workers in parallel, faults that sleep inside a request, and nested holds add up correctly.
 */
import { AsyncLocalStorage } from "node:async_hooks"

import type { Scheduler } from "../protocol/time.ts"
import { DueQueue } from "./due-queue.ts"

/** A span of time; the parts add up. */
export interface Duration {
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
  readonly ms?: number
}

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A duration in milliseconds. */
export function toMs(duration: Duration): number {
  const { days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 } = duration
  return days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS + ms
}

/** Of so many rests of the driver, the first is a turn of the event loop. */
const RESTS_PER_TURN = 16

/** One piece of sequential work, as the virtual clock counts it. */
interface Piece {
  readonly parent: Piece | undefined
  /** Sleeps and started pieces that it waits for. */
  waits: number
  settled: boolean
}

interface DueEntry {
  readonly atMs: number
  readonly seq: number
  isCancelled: boolean
  /** Runs the task, or wakes the sleeper. */
  fire(): void
}

function isRunning(piece: Piece): boolean {
  return !piece.settled && piece.waits === 0
}

/** Throws a RangeError when a delay is not a number of milliseconds that time can move by. */
export function assertDelay(delayMs: number): void {
  if (!Number.isFinite(delayMs) || delayMs < 0) {
    throw new RangeError(`A delay must be a finite number of milliseconds, not negative; got ${delayMs}.`)
  }
}

/**
 * A clock that moves only when told: by `advance`, which lets a span pass, or `settle`, which lets pass what a piece of work
 * needs. Everything that falls due runs in order of (time, registration) and sees its own time. Real input and output takes
 * no virtual time as long as it runs inside a scheduled task or under `hold`; our transports hold the clock they are given.
 *
 * NOTE: a task that waits for another task counts as running, so time would stand still for ever if that one sleeps. Wait by `waitOn`,
 * or outside any task.
 */
export class VirtualClock implements Scheduler {
  #nowMs: number
  #seq = 0
  #due = new DueQueue<DueEntry>()
  #sleeperCount = 0
  #runningCount = 0
  #isMoving = false
  /** How often the driver has rested since it began to move. */
  #restCount = 0
  /** Errors of scheduled tasks, until the next driver reports them. */
  readonly #failures: unknown[] = []
  /** Wakes the driver when nothing runs any more, something new is due, or the awaited work has settled. */
  #notify: (() => void) | undefined
  readonly #current = new AsyncLocalStorage<Piece>()

  constructor(startMs: number) {
    if (!Number.isFinite(startMs)) throw new RangeError(`A clock starts at epoch milliseconds; got ${startMs}.`)
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  /**
   * Runs `run` once, `delayMs` from now, when `advance` or `settle` gets there. An error of the task is thrown by the call that moves
   * the clock. Returns a function that cancels it.
   */
  schedule(delayMs: number, run: () => void | Promise<void>): () => void {
    const entry = this.#enqueue(delayMs, () => this.#start(run))
    return () => {
      entry.isCancelled = true
    }
  }

  /** Resolves once `delayMs` have passed: at once for 0, otherwise when somebody moves the clock. */
  sleep(delayMs: number): Promise<void> {
    if (delayMs === 0) return Promise.resolve()
    const piece = this.#current.getStore()
    return new Promise((resolve) => {
      this.#enqueue(delayMs, () => {
        this.#sleeperCount--
        this.#wait(piece, -1)
        resolve()
      })
      this.#sleeperCount++
      this.#wait(piece, 1)
    })
  }

  /**
   * Keeps time standing still while `work` does real input or output. The work is one piece: while it sleeps on this clock, time may
   * move. Parallel workers hold separately.
   */
  async hold<T>(work: () => T | Promise<T>): Promise<T> {
    const piece = this.#open(this.#current.getStore())
    try {
      return await this.#current.run(piece, work)
    } finally {
      this.#close(piece)
    }
  }

  /** Waits for other work that runs on this clock: who waits counts as asleep, so that time moves if all others sleep too. */
  async waitOn<T>(work: Promise<T>): Promise<T> {
    const piece = this.#current.getStore()
    this.#wait(piece, 1)
    try {
      return await work
    } finally {
      this.#wait(piece, -1)
    }
  }

  /** Lets a span of time pass and runs everything that falls due in it. Throws the error of a task that failed; time stays there. */
  async advance(by: Duration): Promise<void> {
    const byMs = toMs(by)
    assertDelay(byMs)
    const untilMs = this.#nowMs + byMs
    await this.#move(async () => {
      do await this.#rest()
      while (this.#fireNext(untilMs))
      this.#nowMs = untilMs
    })
  }

  /**
   * Moves time forward whenever everything is asleep, until `work` settles, and gives its result. What else falls due on the way
   * runs too. Without a sleeper time stands still: whoever waits for a scheduled task must let time pass by `advance`.
   */
  async settle<T>(work: Promise<T>): Promise<T> {
    let isSettled = false
    const note = (): void => {
      isSettled = true
      this.#notify?.()
    }
    work.then(note, note)
    await this.#move(async () => {
      for (;;) {
        await this.#rest()
        if (isSettled) break
        const untilMs = this.#sleeperCount > 0 ? Number.POSITIVE_INFINITY : this.#nowMs
        if (!this.#fireNext(untilMs)) await this.#change()
      }
    })
    return work
  }

  #enqueue(delayMs: number, fire: () => void): DueEntry {
    assertDelay(delayMs)
    const entry = { atMs: this.#nowMs + delayMs, seq: this.#seq++, isCancelled: false, fire }
    this.#due.push(entry)
    this.#notify?.()
    return entry
  }

  /** Starts a scheduled task as a piece of its own. */
  #start(run: () => void | Promise<void>): void {
    const piece = this.#open(undefined)
    const work = this.#current.run(piece, async () => run())
    work.then(
      () => this.#close(piece),
      (error: unknown) => {
        this.#failures.push(error)
        this.#close(piece)
      },
    )
  }

  #open(parent: Piece | undefined): Piece {
    this.#wait(parent, 1)
    this.#runningCount++
    return { parent, waits: 0, settled: false }
  }

  #close(piece: Piece): void {
    if (isRunning(piece)) this.#runningCount--
    piece.settled = true
    this.#wait(piece.parent, -1)
    if (this.#runningCount === 0) this.#notify?.()
  }

  /** Notes that a piece waits for one thing more, or less. */
  #wait(piece: Piece | undefined, by: 1 | -1): void {
    if (piece === undefined) return
    const before = isRunning(piece)
    piece.waits += by
    const after = isRunning(piece)
    if (before && !after) this.#runningCount--
    if (!before && after) this.#runningCount++
    if (this.#runningCount === 0) this.#notify?.()
  }

  /** Runs the next item due by `untilMs`, at its own time. False when there is none. */
  #fireNext(untilMs: number): boolean {
    let next = this.#due.peek()
    while (next?.isCancelled === true) {
      this.#due.pop()
      next = this.#due.peek()
    }
    if (next === undefined || next.atMs > untilMs) return false
    this.#due.pop()
    this.#nowMs = next.atMs
    next.fire()
    return true
  }

  /** Resolves when nothing runs at this instant any more. Throws the error of a scheduled task that failed. */
  async #rest(): Promise<void> {
    do {
      while (this.#runningCount > 0) await this.#change()
      await this.#drainMicrotasks()
    } while (this.#runningCount > 0)
    if (this.#failures.length > 0) throw this.#failures.shift()
  }

  /**
   * Code outside any piece goes on in microtasks: all of them run before a tick does. A turn of the event loop, which costs as much as a
   * short cycle, is taken now and then, so that sockets and signals do not wait until a year is over.
   */
  #drainMicrotasks(): Promise<void> {
    const isTurn = this.#restCount++ % RESTS_PER_TURN === 0
    return new Promise((resolve) => {
      if (isTurn) setImmediate(resolve)
      else process.nextTick(resolve)
    })
  }

  /** Resolves at the next call of `#notify`. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#notify = resolve
    })
  }

  async #move(drive: () => Promise<void>): Promise<void> {
    if (this.#isMoving) {
      throw new Error(
        "The virtual clock is being moved already: one advance or settle at a time, and none inside a task.",
      )
    }
    this.#isMoving = true
    this.#restCount = 0
    try {
      await drive()
    } finally {
      this.#isMoving = false
      this.#notify = undefined
    }
  }
}

/** Does real input or output: a virtual clock stands still meanwhile (see {@link VirtualClock.hold}); any other clock just goes on. */
export function holdTime<T>(clock: Scheduler, work: () => T | Promise<T>): Promise<T> {
  return clock instanceof VirtualClock ? clock.hold(work) : begin(work)
}

/** Waits for other work (see {@link VirtualClock.waitOn}). */
export function waitOn<T>(clock: Scheduler, work: Promise<T>): Promise<T> {
  return clock instanceof VirtualClock ? clock.waitOn(work) : work
}

/** What the work throws at once becomes a rejection too. */
async function begin<T>(work: () => T | Promise<T>): Promise<T> {
  return work()
}
