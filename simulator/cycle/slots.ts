/** How many requests of a cycle are under way at a time (RES-04). */
import { setImmediate as nextTurn } from "node:timers/promises"
import type { Scheduler } from "../../protocol/index.ts"
import { waitOn } from "../clock.ts"

/**
 * So many pieces of work at a time; the others wait for their turn. A target that has answered several requests is sent the next ones
 * before the first of its answers is dealt with, so that it need not wait for us.
 */
export class Slots {
  readonly #clock: Scheduler
  readonly #waiting: (() => void)[] = []
  #free: number

  constructor(clock: Scheduler, count: number) {
    this.#clock = clock
    this.#free = count
  }

  /** Does the work once a slot is free, in the order in which it was asked. Throws what the work throws. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1
    else await waitOn(this.#clock, new Promise<void>((resolve) => this.#waiting.push(resolve)))
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free += 1
      else {
        next()
        await nextTurn()
      }
    }
  }
}
