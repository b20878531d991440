/**
 * One cycle from probe to references (ENG-CYCLE-02 to -05). Users come before groups, since members need their target ids, and
 * references last. What fails for one object goes to escrow; what fails for the job itself ends the cycle.
 */
import type { CycleContext } from "./context.ts"
import { exceedsThreshold } from "./deletion-threshold.ts"
import { importObjects } from "./import.ts"
import { eachOf } from "./in-parallel.ts"
import { provision } from "./object.ts"
import { resolveReferences } from "./references.ts"

/** How a cycle ended that ran to its end. */
export interface CycleEnding {
  /** There would have been too many disables and deletions, so that they were held back. */
  readonly heldDeletions: boolean
}

/** Runs the cycle to its end, or throws JobFailure. `probe` throws it too; the watermark is the caller's business. `given` holds no deletions back. */
export async function runCycle(
  given: CycleContext,
  { probe, forceDeletes }: { readonly probe: () => Promise<void>; readonly forceDeletes: boolean },
): Promise<CycleEnding> {
  const { settings, store, plan } = given
  let isProbed = false
  const probeOnce = async (): Promise<void> => {
    if (isProbed) return
    isProbed = true
    await probe()
  }
  store.references.clearQueue()
  if (settings.probe === "always") await probeOnce()
  const heldDeletions = !forceDeletes && exceedsThreshold(given)
  const context = heldDeletions ? { ...given, holdsDeletions: true } : given
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
