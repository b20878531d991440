/** The lines of the journal, as types: written by the profiles in k6, read here. Nothing is imported, so that k6 can read it too. */

/** What a request was counted as. */
export type RequestClass =
  | "prepare" // brings the endpoint to where the load begins, or back there once the time is over
  | "load" // the load itself
  | "split" // a look-up that only a split load needs

/**
 * One answer: [when it was sent, in epoch milliseconds; milliseconds it took; status, 0 for none; 1 if it was as expected;
 * step; index of the tenant; class]. A repeated request (after 429) is a record of its own each time.
 */
export type RequestRecord = readonly [
  atMs: number,
  tookMs: number,
  status: number,
  isGood: 0 | 1,
  step: string,
  tenant: number,
  requestClass: RequestClass,
]

/** An answer that was not as expected, in full (bodies cut). */
export interface FailureLine {
  readonly kind: "failure"
  readonly atMs: number
  readonly tookMs: number
  readonly step: string
  readonly tenant: number
  readonly expected: string
  readonly method: string
  readonly url: string
  readonly requestBody: string | null
  readonly status: number
  readonly responseBody: string | null
  /** Why there was no answer. */
  readonly error: string | null
}

/** A write that was not answered as expected: whether it was applied is anybody's guess, so the end state is not judged by it. */
export interface MissedLine {
  readonly kind: "missed"
  readonly tenant: number
  /** What it was about: the object itself, or the group and its members. */
  readonly objects: readonly string[]
}

/** A part of a tenant's plan begins, or the plan has come to its end. */
export interface StateLine {
  readonly kind: "prepared" | "done"
  readonly atMs: number
  readonly tenant: number
  readonly lane: number
  /** Requests of the plan that could not be sent: what they build on failed before, or time ran out. */
  readonly unsent: number
  /** Whole times that the load part was sent. */
  readonly rounds: number
}

/** One step of the rising rate. */
export interface RateLine {
  readonly kind: "rate"
  readonly atMs: number
  readonly tenant: number
  /** Requests a second: wanted, and sent. */
  readonly wanted: number
  readonly sent: number
  readonly p95Ms: number
  readonly errors: number
  /** Why it rises no further; null while it does. */
  readonly end: "p95" | "errors" | "throttled" | "behind" | null
}

export type JournalLine =
  | { readonly kind: "requests"; readonly requests: readonly RequestRecord[] }
  | FailureLine
  | MissedLine
  | StateLine
  | RateLine
