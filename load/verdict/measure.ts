/** Adds up what the journal tells, as it comes. */
import type { FailureLine, JournalLine, MissedLine, RateLine, RequestRecord } from "./journal-lines.ts"
import { STEPS } from "../plan/step-names.ts"
import { percentile } from "./percentile.ts"

/** What was measured of a group of answers: a step, or a tenant. */
export interface Measured {
  readonly requests: number
  readonly errors: number
  readonly throttled: number
  /** Sorted, without those that were throttled. */
  readonly tookMs: readonly number[]
  /** When the first and the last of them were sent. */
  readonly fromMs: number
  readonly toMs: number
}

/** Buckets in which the timeline is cut, at most, and how short one may be. */
const BUCKETS = 60
const BUCKET_MS_MIN = 50
const TOO_MANY_REQUESTS = 429

export class Measurement {
  readonly failures: FailureLine[] = []
  readonly rates: RateLine[] = []
  /** Writes of which nobody knows whether they were applied. */
  readonly missed: MissedLine[] = []
  /** The load itself. */
  readonly #load: RequestRecord[] = []
  #prepared = 0
  #split = 0
  #unsent = 0
  #done = 0
  #rounds = 0
  #errors = 0

  add(line: JournalLine): void {
    switch (line.kind) {
      case "requests":
        for (const record of line.requests) this.#addRequest(record)
        break
      case "failure":
        this.failures.push(line)
        break
      case "missed":
        this.missed.push(line)
        break
      case "rate":
        this.rates.push(line)
        break
      case "prepared":
        break
      case "done":
        this.#unsent += line.unsent
        this.#rounds += line.rounds
        this.#done += 1
        break
    }
  }

  #addRequest(record: RequestRecord): void {
    const requestClass = record[6]
    if (requestClass === "load") {
      this.#load.push(record)
      if (isError(record)) this.#errors += 1
    } else if (requestClass === "prepare") this.#prepared += 1
    else this.#split += 1
  }

  /** Requests of the load so far. */
  get requests(): number {
    return this.#load.length
  }

  get prepared(): number {
    return this.#prepared
  }

  /** Look-ups that only a split load needs. */
  get split(): number {
    return this.#split
  }

  get unsent(): number {
    return this.#unsent
  }

  /** How many virtual users came to the end of their plan. */
  get done(): number {
    return this.#done
  }

  get rounds(): number {
    return this.#rounds
  }

  /** Answers of the load so far that were not as expected. */
  get errors(): number {
    return this.#errors
  }

  all(): Measured {
    return measured(this.#load)
  }

  /** By step, in the steps' usual order, without the tenants in `without`. */
  bySteps(without: ReadonlySet<number>): ReadonlyMap<string, Measured> {
    const records = this.#load.filter(([, , , , , tenant]) => !without.has(tenant))
    const groups = Map.groupBy(records, ([, , , , step]) => step)
    return new Map(STEPS.flatMap((step) => (groups.has(step) ? [[step, measured(groups.get(step) ?? [])]] : [])))
  }

  ofTenant(index: number): Measured {
    return measured(this.#load.filter(([, , , , , tenant]) => tenant === index))
  }

  /** What was sent in a stretch of the load, from one share of its time (0 to 1) to another. */
  within(from: number, to: number): Measured {
    const { fromMs, toMs } = this.all()
    const at = (share: number): number => fromMs + (toMs - fromMs) * share
    return measured(this.#load.filter(([atMs]) => atMs >= at(from) && atMs <= at(to)))
  }

  /** The load cut into equal stretches of time; p95 without the tenants in `without`. */
  timeline(without: ReadonlySet<number>): {
    readonly bucketMs: number
    readonly requests: readonly number[]
    readonly errors: readonly number[]
    readonly throttled: readonly number[]
    p95Of(step: string): readonly (number | null)[]
  } {
    const { fromMs, toMs } = this.all()
    const bucketMs = Math.max(BUCKET_MS_MIN, Math.ceil((toMs - fromMs + 1) / BUCKETS))
    const buckets: RequestRecord[][] = Array.from({ length: Math.ceil((toMs - fromMs + 1) / bucketMs) }, () => [])
    for (const record of this.#load) buckets[Math.floor((record[0] - fromMs) / bucketMs)]?.push(record)
    return {
      bucketMs,
      requests: buckets.map((bucket) => bucket.length),
      errors: buckets.map((bucket) => bucket.filter(isError).length),
      throttled: buckets.map((bucket) => bucket.filter(isThrottled).length),
      p95Of: (step) =>
        buckets.map((bucket) => {
          const { tookMs } = measured(bucket.filter((record) => record[4] === step && !without.has(record[5])))
          return tookMs.length === 0 ? null : percentile(tookMs, 0.95)
        }),
    }
  }
}

function isThrottled([, , status]: RequestRecord): boolean {
  return status === TOO_MANY_REQUESTS
}

function isError(record: RequestRecord): boolean {
  return record[3] === 0 && !isThrottled(record)
}

function measured(records: readonly RequestRecord[]): Measured {
  let fromMs = Number.POSITIVE_INFINITY
  let toMs = Number.NEGATIVE_INFINITY
  for (const [atMs] of records) {
    fromMs = Math.min(fromMs, atMs)
    toMs = Math.max(toMs, atMs)
  }
  const answered = records.filter((record) => !isThrottled(record))
  return {
    requests: answered.length,
    errors: answered.filter(isError).length,
    throttled: records.length - answered.length,
    tookMs: answered.map(([, tookMs]) => tookMs).toSorted((a, b) => a - b),
    fromMs: records.length === 0 ? 0 : fromMs,
    toMs: records.length === 0 ? 0 : toMs,
  }
}
