/**
 * When cycles run: on the schedule, one at a time and never beside provision on demand (ENG-CYCLE-06 to -11, ENG-JOB-03, -04).
 * What a cycle means for the job is kept together with the cycle itself, so that a process that is killed at any moment finds
 * either the end of the cycle or its beginning.
 */
import type { Scheduler } from "../../protocol/index.ts"
import type { CycleResult, CycleWindow } from "./execution.ts"
import type { JobMemory } from "./job-memory.ts"
import type { MappingPlan } from "./mapping-plan.ts"
import { isExpired } from "./quarantine.ts"
import { nextCycleStartMs } from "./schedule.ts"
import type { JobSettings } from "./settings.ts"
import { cycleEnded, disabled, type JobState } from "./state.ts"
import type { JobStore } from "./store.ts"
import type { CycleSummary } from "./summary.ts"

export interface LoopParts {
  readonly clock: Scheduler
  readonly memory: JobMemory
  readonly store: JobStore
  readonly settings: () => JobSettings
  readonly plan: () => MappingPlan
  /** Where the change feed stands for the next cycle. */
  readonly feedPosition: () => number
  readonly execute: (window: CycleWindow) => Promise<CycleResult>
  /** Hears of every cycle that has ended, once it is kept. */
  readonly onCycle: () => void
  /** Hears of every change of the job's state, in the same unit. */
  readonly onState: (before: JobState, after: JobState) => void
}

export class CycleLoop {
  readonly #parts: LoopParts
  #cycle: Promise<CycleSummary> | null = null
  #onDemand: Promise<unknown> | null = null
  #cancelNext = (): void => undefined

  constructor(parts: LoopParts) {
    this.#parts = parts
    this.scheduleAt(parts.memory.nextStartMs ?? 0)
  }

  get state(): JobState {
    return this.#parts.memory.state
  }

  get isRunning(): boolean {
    return this.#cycle !== null
  }

  setState(next: JobState): void {
    const { memory, store, onState } = this.#parts
    const before = memory.state
    if (next === before) return
    store.atomically(() => {
      memory.state = next
      onState(before, next)
    })
  }

  /** Runs a cycle, or waits for the one that is running: cycles never overlap (ENG-CYCLE-07). */
  async run(): Promise<CycleSummary> {
    while (this.#onDemand !== null) await this.#onDemand
    this.#cycle ??= this.#runOnce().finally(() => {
      this.#cycle = null
    })
    return this.#cycle
  }

  /** Does other work on the target while no cycle runs; one that falls due meanwhile follows. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    // Looked at again after each wait: several may have waited for the same.
    while (this.#isBusy) await this.settled()
    const running = work()
    this.#onDemand = running.catch(() => undefined)
    try {
      return await running
    } finally {
      this.#onDemand = null
    }
  }

  /** Resolves once nothing runs. */
  async settled(): Promise<void> {
    while (this.#isBusy) await Promise.allSettled([this.#cycle, this.#onDemand])
  }

  get #isBusy(): boolean {
    return this.#cycle !== null || this.#onDemand !== null
  }

  /** Sets when the next cycle starts: at once where that is past, and never while the job is not active. */
  scheduleAt(startMs: number): void {
    const { clock, memory } = this.#parts
    this.stop()
    if (this.state.schedule !== "Active") return
    memory.nextStartMs = startMs
    this.#cancelNext = clock.schedule(Math.max(0, startMs - clock.now()), () => this.#onDue())
  }

  /** No cycle starts any more until one is scheduled again; the running one goes on. */
  stop(): void {
    this.#cancelNext()
  }

  async #onDue(): Promise<void> {
    const { clock, settings } = this.#parts
    const { quarantine } = this.state
    if (quarantine !== null && isExpired(quarantine, clock.now(), settings().quarantine)) {
      this.setState(disabled(this.state))
      return
    }
    if (this.#onDemand === null) {
      await this.run()
      return
    }
    // A task that waited for it would keep a virtual clock from moving on, and with it the work that is waited for.
    void this.#onDemand.then(() => this.scheduleAt(clock.now()))
  }

  async #runOnce(): Promise<CycleSummary> {
    const { clock, memory, store, settings, plan, execute, onCycle } = this.#parts
    this.stop()
    const startedMs = clock.now()
    const planAtStart = plan()
    const initialFromBefore = memory.initialFrom
    const window = this.#begin(startedMs)
    const result = await execute(window)
    const endedMs = clock.now()
    // Mappings that changed meanwhile make the next cycle an initial one (ENG-CYCLE-11).
    const isCurrent = plan() === planAtStart
    const next = cycleEnded(this.state, result.verdict, endedMs, settings().quarantine)
    const quarantineAttemptMs = next.quarantine?.nextAttemptMs ?? null
    const { intervalMs } = settings()
    const nextMs = isCurrent ? nextCycleStartMs({ startedMs, endedMs, intervalMs, quarantineAttemptMs }) : endedMs
    if (result.isQuiet && isCurrent && next === this.state && !memory.hasOneOff) {
      memory.addQuietCycle(result.summary, nextMs)
    } else {
      store.atomically(() => {
        if (result.watermark !== null && isCurrent) memory.watermark = result.watermark
        // An initial cycle that looked at something goes on with the delta that it began (ENG-JOB-03); one that did not begins none.
        if (result.watermark !== null) memory.initialFrom = null
        else if (isCurrent && result.summary.counts.imported === 0) memory.initialFrom = initialFromBefore
        this.setState(next)
        memory.addCycle(result.summary, nextMs)
      })
    }
    onCycle()
    this.scheduleAt(nextMs)
    return result.summary
  }

  /** The window of the cycle that begins now. */
  #begin(startedMs: number): CycleWindow {
    const { memory, feedPosition } = this.#parts
    const { watermark } = memory
    const position = feedPosition()
    memory.nextStartMs = startedMs
    if (watermark !== null) return { kind: "incremental", since: watermark, until: Math.max(position, watermark) }
    const until = memory.initialFrom ?? position
    memory.initialFrom = until
    return { kind: "initial", since: 0, until }
  }
}
