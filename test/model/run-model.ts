/** Draws histories, plays them, and shrinks the first that breaks a promise. The test and the script run the same. */
import * as fc from "fast-check"
import { historyEvents, type HistoryEvent, type Setting, settings } from "./events.ts"
import { type Outcome, playHistory } from "./history.ts"
import type { Broken } from "./mutants.ts"

export interface ModelOptions {
  readonly histories: number
  /** Events of each history. */
  readonly steps: number
  readonly seed: number
  /** Where to go on with a seed: the path that a failure printed. */
  readonly path?: string
  /** No further history is begun after this, in milliseconds of real time. */
  readonly timeLimitMs?: number
  /** False: the first history that breaks a promise is reported as it is. */
  readonly shrinks?: boolean
  /** What is broken on purpose. */
  readonly broken?: Broken
  readonly onHistory?: (totals: Totals) => void
}

/** Sums over the histories that kept the promises. */
export interface Totals {
  histories: number
  looks: number
  requests: number
  /** How often each kind of fault struck. */
  readonly strikes: Map<string, number>
  /** How often each fact explained a difference, by its id. */
  readonly excuses: Map<string, number>
}

export interface ModelFailure {
  readonly seed: number
  readonly path: string
  readonly shrinks: number
  readonly setting: Setting
  readonly problems: readonly string[]
  readonly trace: readonly string[]
}

export interface ModelRun extends Totals {
  readonly failure: ModelFailure | null
}

/** A history that broke a promise. */
class BrokenPromise extends Error {
  override readonly name = "BrokenPromise"
  readonly outcome: Outcome

  constructor(outcome: Outcome) {
    super(outcome.problems.join("\n"))
    this.outcome = outcome
  }
}

export async function runModel(options: ModelOptions): Promise<ModelRun> {
  const { histories, steps, seed, path, timeLimitMs, shrinks = true, broken, onHistory } = options
  const totals: Totals = { histories: 0, looks: 0, requests: 0, strikes: new Map(), excuses: new Map() }
  let isShrinking = false
  const property = fc.asyncProperty(settings, new History(steps), async (setting, events) => {
    const outcome = await playHistory(setting, events, broken)
    isShrinking ||= outcome.problems.length > 0
    if (outcome.problems.length > 0) throw new BrokenPromise(outcome)
    if (isShrinking) return
    addUp(totals, outcome)
    onHistory?.(totals)
  })
  const details = await fc.check(property, {
    numRuns: histories,
    seed,
    endOnFailure: !shrinks,
    ...(path !== undefined && { path }),
    ...(timeLimitMs !== undefined && { interruptAfterTimeLimit: timeLimitMs }),
  })
  return { ...totals, failure: toFailure(details) }
}

function toFailure(details: fc.RunDetails<[Setting, HistoryEvent[]]>): ModelFailure | null {
  const { counterexample, errorInstance, seed, counterexamplePath, numShrinks } = details
  if (counterexample === null) return null
  const broken = errorInstance instanceof BrokenPromise ? errorInstance.outcome : null
  return {
    seed,
    path: counterexamplePath ?? "",
    shrinks: numShrinks,
    setting: counterexample[0],
    problems: broken?.problems ?? [
      errorInstance instanceof Error ? (errorInstance.stack ?? "") : String(errorInstance),
    ],
    trace: broken?.trace ?? counterexample[1].map((event) => JSON.stringify(event)),
  }
}

function addUp(totals: Totals, { looks, requests, strikes, excuses }: Outcome): void {
  totals.histories += 1
  totals.looks += looks
  totals.requests += requests
  for (const [into, from] of [
    [totals.strikes, strikes],
    [totals.excuses, excuses],
  ] as const) {
    for (const [name, count] of from) into.set(name, (into.get(name) ?? 0) + count)
  }
}

/** Histories of exactly so many events. They shrink to shorter ones first, then to simpler events. */
class History extends fc.Arbitrary<HistoryEvent[]> {
  readonly #full: fc.Arbitrary<HistoryEvent[]>

  constructor(steps: number) {
    super()
    this.#full = fc.array(historyEvents, { minLength: steps, maxLength: steps, size: "max" })
  }

  generate(random: fc.Random, biasFactor: number | undefined): fc.Value<HistoryEvent[]> {
    return new fc.Value(this.#full.generate(random, biasFactor).value, undefined)
  }

  canShrinkWithoutContext(value: unknown): value is HistoryEvent[] {
    return Array.isArray(value) && value.every((event) => historyEvents.canShrinkWithoutContext(event))
  }

  shrink(value: HistoryEvent[]): fc.Stream<fc.Value<HistoryEvent[]>> {
    return new fc.Stream(simpler(value)).map((events) => new fc.Value(events, undefined))
  }
}

/** Without a half of the events, a quarter, and so on; then with one of them simpler. */
function* simpler(events: readonly HistoryEvent[]): Generator<HistoryEvent[]> {
  for (let size = Math.ceil(events.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < events.length; start += size) yield events.toSpliced(start, size)
  }
  for (const [index, event] of events.entries()) {
    for (const { value } of historyEvents.shrink(event, undefined)) yield events.with(index, value)
  }
}
