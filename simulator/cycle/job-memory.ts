/** What a job remembers of itself between cycles and across restarts of the process: a few values in its store. */
import { type DiscoveredTargets, NOTHING_DISCOVERED } from "../dialect/discovery.ts"
import { FRESH_JOB, type JobState } from "./state.ts"
import type { JobStore } from "./store.ts"
import type { CycleSummary } from "./summary.ts"

type Instant = "watermark" | "initialFrom" | "nextStartMs"

export class JobMemory {
  readonly #store: JobStore
  #state: JobState

  constructor(store: JobStore) {
    this.#store = store
    const text = store.value("state")
    this.#state = text === null ? FRESH_JOB : JSON.parse(text)
  }

  get state(): JobState {
    return this.#state
  }

  set state(next: JobState) {
    this.#store.setValue("state", JSON.stringify(next))
    this.#state = next
  }

  /** Where the next incremental cycle begins; null makes the next one an initial one. */
  get watermark(): number | null {
    return this.#number("watermark")
  }

  set watermark(sequence: number | null) {
    this.#setNumber("watermark", sequence)
  }

  /** Where the feed stood when the initial cycle began that has not come to its end yet; null where there is none. */
  get initialFrom(): number | null {
    return this.#number("initialFrom")
  }

  set initialFrom(sequence: number | null) {
    this.#setNumber("initialFrom", sequence)
  }

  /** When the next cycle is due, in epoch milliseconds; in the past: one broke off. As the last cycle left it, unless it was set since. */
  get nextStartMs(): number | null {
    return this.#number("nextStartMs") ?? this.#store.records.nextStartMs
  }

  set nextStartMs(instantMs: number) {
    if (instantMs !== this.nextStartMs) this.#setNumber("nextStartMs", instantMs)
  }

  /** Keeps what a cycle was, together with when the next one is due. What was to hold for one cycle is over. */
  addCycle(summary: CycleSummary, nextStartMs: number): void {
    this.#store.records.addCycle(summary, nextStartMs)
    this.#setNumber("nextStartMs", null)
    this.forcesDeletes = false
  }

  /** The same where there is nothing else to keep. */
  addQuietCycle(summary: CycleSummary, nextStartMs: number): void {
    this.#store.records.addCycleSoon(summary, nextStartMs)
  }

  /** Whether something holds for the next cycle only: its start was set, or deletes are allowed. */
  get hasOneOff(): boolean {
    return this.#number("nextStartMs") !== null || this.forcesDeletes
  }

  /** *Allow deletes* was said: the next cycle sends what was held back (ENG-DEL-06). */
  get forcesDeletes(): boolean {
    return this.#store.value("forcesDeletes") !== null
  }

  set forcesDeletes(forces: boolean) {
    this.#store.setValue("forcesDeletes", forces ? "yes" : null)
  }

  get discovered(): DiscoveredTargets {
    const text = this.#store.value("discovered")
    return text === null ? NOTHING_DISCOVERED : JSON.parse(text)
  }

  set discovered(targets: DiscoveredTargets) {
    this.#store.setValue("discovered", JSON.stringify(targets))
  }

  /** Makes the next cycle an initial one that begins afresh: what was deleted before it is not seen (ENG-DELTA-06). */
  dropWatermark(): void {
    this.watermark = null
    this.initialFrom = null
  }

  #number(name: Instant): number | null {
    const text = this.#store.value(name)
    return text === null ? null : Number(text)
  }

  #setNumber(name: Instant, value: number | null): void {
    this.#store.setValue(name, value === null ? null : String(value))
  }
}
