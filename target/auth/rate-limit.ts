/**
 * A limit on requests, as a bucket of tokens that the clock refills evenly: a whole allowance may be spent at once, and comes
 * back one by one. The bucket is kept as the time that its refilling takes, so that a request costs a few additions (the
 * generic cell rate algorithm).
 */
import type { Clock } from "../../protocol/index.ts"
import { ScimError } from "../scim-error.ts"

/** So many requests within so many milliseconds. */
export interface RateLimit {
  readonly requests: number
  readonly perMs: number
}

/** Less than this is rounding. */
const ROUNDING_MS = 1e-6

export class RateLimiter {
  readonly #clock: Clock
  readonly #stepMs: number
  readonly #perMs: number
  #spentMs = 0
  #spentAt = 0

  /** @throws RangeError where the limit lets nobody through */
  constructor(clock: Clock, { requests, perMs }: RateLimit) {
    if (!(requests >= 1 && perMs > 0)) throw new RangeError("A rate limit must let at least one request through.")
    this.#clock = clock
    this.#stepMs = perMs / requests
    this.#perMs = perMs
  }

  /** Takes one request out of the allowance: 0, or the milliseconds to wait until there is one again. */
  take(): number {
    const now = this.#clock.now()
    const refilledMs = Math.max(0, now - this.#spentAt)
    const spentMs = Math.max(0, this.#spentMs - refilledMs) + this.#stepMs
    const waitMs = spentMs - this.#perMs
    if (waitMs > ROUNDING_MS) return waitMs
    this.#spentMs = spentMs
    this.#spentAt = now
    return 0
  }
}

/** 429 with Retry-After in whole seconds (RFC6585-4-01). */
export function tooManyRequests(waitMs: number, detail: string): ScimError {
  return new ScimError(429, detail, { headers: { "retry-after": String(Math.ceil(waitMs / 1000)) } })
}
