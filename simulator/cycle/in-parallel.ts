/** Several objects at a time, as a job's settings allow (RES-04). */
import { holdTime } from "../clock.ts"
import type { CycleContext } from "./context.ts"

/** So many objects more than requests may be under way: their next requests lie ready when an answer comes. */
const READY = 2

/**
 * Works on items in their order: on one at a time where requests go out one by one, else on some more than there are requests. The first
 * error stops the rest and is thrown once all have come to rest.
 */
export async function eachOf<T>(
  items: Iterable<T>,
  { clock, settings }: Pick<CycleContext, "clock" | "settings">,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = Iterator.from(items)
  const first = iterator.next()
  // Most cycles have nothing to work on.
  if (first.done === true) return
  let upcoming: IteratorResult<T> | null = first
  let isStopped = false
  const worker = async (): Promise<void> => {
    while (!isStopped) {
      const { done, value } = upcoming ?? iterator.next()
      upcoming = null
      if (done === true) return
      try {
        await work(value)
      } catch (error) {
        isStopped = true
        throw error
      }
    }
  }
  const length = settings.parallel === 1 ? 1 : settings.parallel + READY
  const workers = Array.from({ length }, () => holdTime(clock, worker))
  const results = await Promise.allSettled(workers)
  const failed = results.find((result) => result.status === "rejected")
  if (failed !== undefined) throw failed.reason
}
