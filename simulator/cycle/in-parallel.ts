/** Several objects at a time, as a job's settings allow (RES-04). */
import { holdTime } from "../clock.ts"
import type { CycleContext } from "./context.ts"

/**
 * Works on as many items at a time as the settings allow, in their order. The first error stops the rest and is thrown once all
 * have come to rest.
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
  const workers = Array.from({ length: settings.parallel }, () => holdTime(clock, worker))
  const results = await Promise.allSettled(workers)
  const failed = results.find((result) => result.status === "rejected")
  if (failed !== undefined) throw failed.reason
}
