/**
 * What happened, in order: the moments that the tenant and the job's rules went through, and the job's looks at them. An excuse is a
 * question to this record, never to the engine's own reasons.
 */
import type { Moment } from "./rules.ts"

/** The job looked at the tenant: a cycle, or provision on demand. */
export interface Look {
  readonly is: "look"
  readonly kind: "initial" | "incremental" | "onDemand"
  /** Index of the moment at which it began, and of the one at which it ended. */
  readonly first: number
  readonly last: number
  /** It ran to its end: a cycle that broke off is done again. */
  readonly isComplete: boolean
  /** Some object failed in it. */
  readonly isDisturbed: boolean
  /** How many objects it came to look at. */
  readonly imported: number
  /** Ids of those that it was about; null for a cycle. */
  readonly subjects: ReadonlySet<string> | null
  /** Ids of those whose disable or deletion it says to have held back (ENG-DEL-04). */
  readonly held: ReadonlySet<string>
}

/** The job was told to forget something. */
export interface Reset {
  readonly is: "reset"
  readonly by: "restart" | "edit"
  /** Index of the moment at which it happened. */
  readonly at: number
  readonly links: boolean
  readonly escrows: boolean
  readonly watermark: boolean
  /** Deletions that were held back are allowed. */
  readonly allows: boolean
  /** Ids of the objects that were waiting to be tried again. */
  readonly escrowed: ReadonlySet<string>
}

/** An object was given up after 28 days of failures (ENG-RETRY-06). */
export interface GivenUp {
  readonly is: "givenUp"
  readonly at: number
  readonly id: string
}

/** The job's process died, perhaps in the middle of a look. */
export interface Crash {
  readonly is: "crash"
  /** Index of the moment at which the job had last come to rest, and of the one at which it died. */
  readonly first: number
  readonly last: number
}

export type Entry = Look | Reset | GivenUp | Crash

/** A moment in its place. */
export interface Passage extends Moment {
  /** From when on, in epoch milliseconds. */
  readonly sinceMs: number
  /** Whether the job was in the middle of a look as it came. */
  readonly isMeanwhile: boolean
}

export class Timeline {
  readonly #moments: Passage[]
  readonly #entries: Entry[] = []

  constructor(first: Moment, sinceMs: number) {
    this.#moments = [{ ...first, sinceMs, isMeanwhile: false }]
  }

  get moments(): readonly Passage[] {
    return this.#moments
  }

  get entries(): readonly Entry[] {
    return this.#entries
  }

  /** Index of the present moment. */
  get at(): number {
    return this.#moments.length - 1
  }

  get now(): Passage {
    return this.moment(this.at)
  }

  moment(index: number): Passage {
    const moment = this.#moments[index]
    if (moment === undefined) throw new RangeError(`There is no moment ${index} in this history.`)
    return moment
  }

  /** Goes on to another moment. */
  change(change: Partial<Moment>, sinceMs: number, isMeanwhile = false): void {
    const { directory, rules } = this.now
    this.#moments.push({ directory, rules, ...change, sinceMs, isMeanwhile })
  }

  add(entry: Entry): void {
    this.#entries.push(entry)
  }

  /** Looks from an entry on. */
  looks(fromEntry = 0): readonly Look[] {
    return this.#entries.slice(fromEntry).filter((entry) => entry.is === "look")
  }
}
