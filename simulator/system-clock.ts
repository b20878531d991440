/** The time of the machine, for whatever does not run on the virtual clock. */
import type { Scheduler } from "../protocol/time.ts"
import { assertDelay } from "./clock.ts"

/** The longest delay that a timer of the runtime takes; longer ones are cut into several. */
const TIMER_MS_MAX = 2 ** 31 - 1

/** The time of the machine, and its timers. An error of a scheduled task is nobody's to catch, so it ends the process. */
export class SystemClock implements Scheduler {
  now(): number {
    return Date.now()
  }

  schedule(delayMs: number, run: () => void | Promise<void>): () => void {
    assertDelay(delayMs)
    const atMs = this.now() + delayMs
    let timer: NodeJS.Timeout
    const arm = (): void => {
      const leftMs = atMs - this.now()
      timer = setTimeout(
        () => (leftMs > TIMER_MS_MAX ? arm() : void run()),
        Math.min(Math.max(leftMs, 0), TIMER_MS_MAX),
      )
    }
    arm()
    return () => clearTimeout(timer)
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.schedule(delayMs, resolve)
    })
  }
}
