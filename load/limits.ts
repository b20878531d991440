/** What an endpoint has to keep unless a thresholds file says otherwise. Plain values, which the profiles in k6 read too. */

export interface Limits {
  /** 95 % of the answers to a step come within this, in milliseconds. */
  readonly p95Ms: number
  /** Share of answers that are not what the plan expects, 0 to 1. */
  readonly errorShare: number
  /** Share of answers that are 429, 0 to 1. */
  readonly throttledShare: number
}

/**
 * The latency is ours: Microsoft publishes none, so that breaking it only warns. No error is allowed; some throttling is, as long
 * as the rate is kept.
 */
export const DEFAULT_LIMITS: Limits = { p95Ms: 1000, errorShare: 0, throttledShare: 0.05 }

/** Requests a second that an endpoint has to bear for each tenant (ENG-PERF-04, WIRE-199, documented). */
export const REQUIRED_RATE = 25
