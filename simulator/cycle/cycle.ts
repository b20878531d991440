/**
 * One cycle from probe to references (ENG-CYCLE-02 to -05). Users come before groups, since members need their target ids, and
 * references last. What fails for one object goes to escrow; what fails for the job itself ends the cycle.
 */
import { holdTime } from "../clock.ts"
import type { CycleContext } from "./context.ts"
import { exceedsThreshold } from "./deletion-threshold.ts"
import { importObjects } from "./import.ts"
import { provision } from "./object.ts"
import { resolveReferences } from "./references.ts"

/** Runs the cycle to its end, or throws JobFailure. `probe` throws it too; the watermark is the caller's business. */
export async function runCycle(
  given: Omit<CycleContext, "holdsDeletions">,
  { probe, forceDeletes }: { readonly probe: () => Promise<void>; readonly forceDeletes: boolean },
): Promise<{ readonly heldDeletions: boolean }> {
  const { settings, store, plan } = given
  let isProbed = false
  const probeOnce = async (): Promise<void> => {
    if (isProbed) return
    isProbed = true
    await probe()
  }
  store.clearQueue()
  if (settings.probe === "always") await probeOnce()
  const free: CycleContext = { ...given, holdsDeletions: false }
  const heldDeletions = !forceDeletes && exceedsThreshold(free)
  const context = { ...free, holdsDeletions: heldDeletions }
  for (const type of ["User", "Group"] as const) {
    if (!plan[type].mapping.enabled) continue
    await eachOf(importObjects(context, type), context, async (item) => {
      await probeOnce()
      await provision(context, item)
    })
  }
  await resolveReferences(context)
  return { heldDeletions }
}

/**
 * Works on as many items at a time as the settings allow, in their order. The first error stops the rest and is thrown once all
 * have come to rest.
 */
async function eachOf<T>(
  items: Iterable<T>,
  { clock, settings }: Pick<CycleContext, "clock" | "settings">,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = Iterator.from(items)
  let isStopped = false
  const worker = async (): Promise<void> => {
    while (!isStopped) {
      const { done, value } = iterator.next()
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
