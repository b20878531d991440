/**
 * Time and chance are parameters. Everything that needs the hour, a random choice or a fresh id takes one of these
 * interfaces, so that a run is a function of its seed and options. Implementations: simulator/clock.ts, simulator/system-clock.ts,
 * simulator/random.ts.
 */

/** Tells the time. Instants are epoch milliseconds everywhere inside; RFC 3339 text on the wire and in reports. */
export interface Clock {
  now(): number
}

/** A clock that can also run things later: virtual (moved by the caller) or the system's own. */
export interface Scheduler extends Clock {
  /** Runs `run` once, `delayMs` from now. Returns a function that cancels it. */
  schedule(delayMs: number, run: () => void | Promise<void>): () => void
  /** Resolves once `delayMs` have passed on this clock. */
  sleep(delayMs: number): Promise<void>
}

/** Seeded chance. */
export interface Random {
  /** A number in [0, 1). */
  next(): number
  /** An integer in [0, maxExclusive). */
  int(maxExclusive: number): number
  /** One of the items; throws on an empty list. */
  pick<T>(items: readonly T[]): T
  /** An independent stream named by `label`: the same parent seed and label give the same stream, whatever else was drawn. */
  fork(label: string): Random
}

/** Gives ids nobody else has: UUIDs in lower-case text form. */
export interface IdSource {
  next(): string
}

/** The last answer of {@link toRfc3339}: virtual time stands still while much is stamped with it. */
let last = { instantMs: 0, text: "1970-01-01T00:00:00.000Z" }

/** `instantMs` as RFC 3339 text in UTC with milliseconds, as SCIM's dateTime wants it (RFC 7643 §2.3.5). */
export function toRfc3339(instantMs: number): string {
  if (instantMs !== last.instantMs) last = { instantMs, text: toText(Math.trunc(instantMs)) }
  return last.text
}

const DAY_MS = 86_400_000
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => number.toString().padStart(2, "0"))

/** The day that was written last: what is stamped one after the other is mostly of one day. `text` ends with the T. */
let lastDay = { number: 0, text: "1970-01-01T" }

/** As Date writes it, in a fifth of its time. */
function toText(instantMs: number): string {
  const number = Math.floor(instantMs / DAY_MS)
  if (number !== lastDay.number) {
    const midnight = new Date(number * DAY_MS).toISOString()
    lastDay = { number, text: midnight.slice(0, midnight.indexOf("T") + 1) }
  }
  const ofDayMs = instantMs - number * DAY_MS
  const seconds = Math.floor(ofDayMs / 1000)
  const minutes = Math.floor(seconds / 60)
  const time = `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}`
  return `${lastDay.text}${time}.${(ofDayMs % 1000).toString().padStart(3, "0")}Z`
}

/** `instantMs` as a Date: for libraries that take nothing else. */
export function toDate(instantMs: number): Date {
  return new Date(instantMs)
}
