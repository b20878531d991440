/** Virtual time as a scenario lives it: the job's promises are kept by letting time pass, and what cycles saw is remembered. */
import {
  toMs,
  type CycleSummary,
  type ProvisioningJob,
  type ProvisioningLogEntry,
  type VirtualClock,
} from "../simulator/index.ts"
import type { DirectorySnapshot } from "./oracles/snapshot.ts"
import type { ScenarioClock, ScenarioJob } from "./scenario-context.ts"

export interface Timeline {
  /** The job, with every call that takes time settled on the clock. */
  readonly job: ScenarioJob
  readonly clock: ScenarioClock
  /** The directory as cycles saw it, the oldest first. */
  readonly seen: readonly DirectorySnapshot[]
  /** Every entry of the provisioning log, those included that its retention has dropped since (ENG-LOG-08). */
  readonly log: ReadonlyMap<string, ProvisioningLogEntry>
}

/** A longer stretch is passed in several, or the job would drop log entries that nobody has read. */
const STRETCH_MS_MAX = toMs({ days: 14 })

/**
 * Puts a job on a clock. `read` gives the directory as it is: it changes between moves of the clock only, so what a move's
 * cycles saw is what was there before it.
 */
export function createTimeline(
  bareJob: ProvisioningJob,
  virtualClock: VirtualClock,
  read: () => DirectorySnapshot,
): Timeline {
  const seen: DirectorySnapshot[] = []
  const log = new Map<string, ProvisioningLogEntry>()

  async function pass<T>(move: () => Promise<T>): Promise<T> {
    const before = read()
    const cycleCount = bareJob.cycles().length
    const result = await move()
    for (const entry of bareJob.log()) log.set(entry.id, entry)
    if (bareJob.cycles().slice(cycleCount).some(hasLooked)) seen.push(before)
    return result
  }

  const job: ScenarioJob = {
    ...bareJob,
    start: () => pass(() => virtualClock.settle(bareJob.start())),
    restart: (flags) => pass(() => virtualClock.settle(bareJob.restart(flags))),
    runCycle: () => pass(() => virtualClock.settle(bareJob.runCycle())),
    testConnection: () => virtualClock.settle(bareJob.testConnection()),
  }
  const clock: ScenarioClock = {
    now: () => virtualClock.now(),
    async advance(by) {
      let leftMs = toMs(by)
      do {
        const ms = Math.min(leftMs, STRETCH_MS_MAX)
        leftMs -= ms
        await pass(() => virtualClock.advance({ ms }))
      } while (leftMs > 0)
    },
  }
  return { job, clock, seen, log }
}

/** A cycle that failed as a whole never came to look at the directory. */
function hasLooked({ state }: CycleSummary): boolean {
  return state !== "Failed"
}
