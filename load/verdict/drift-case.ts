/** Whether an endpoint grows slower while the load stays the same: what a soak is for. */
import { ANSWER_REQUIREMENT, type CaseDraft, ms } from "./case-parts.ts"
import type { Measured } from "./measure.ts"
import { percentile } from "./percentile.ts"

/** Fewer requests in the first quarter than this are chance. */
const REQUESTS_MIN = 500
/** Slower by this factor, and by this much: what is quick may double unnoticed. */
const FACTOR = 2
const GROWTH_MS = 50

/** `first` and `last`: the first and the last quarter of the load. */
export function driftCase(first: Measured, last: Measured): CaseDraft {
  const draft = {
    id: "drift",
    title: "The endpoint is as quick at the end of the load as at its beginning",
    requirement: { ...ANSWER_REQUIREMENT, level: "should" },
    facts: [],
    findings: [],
  } as const
  if (Math.min(first.requests, last.requests) < REQUESTS_MIN) {
    return {
      ...draft,
      skipReason: `drift shows in quarters of at least ${REQUESTS_MIN} requests (a longer --duration)`,
    }
  }
  const before = percentile(first.tookMs, 0.95)
  const after = percentile(last.tookMs, 0.95)
  if (after < before * FACTOR || after - before < GROWTH_MS) return draft
  return {
    ...draft,
    findings: [
      {
        code: "load-drift",
        message: `p95 rose from ${ms(before)} in the first quarter to ${ms(after)} in the last, under the same load.`,
        headline: "The endpoint grows slower under a load that does not grow",
        expected: `p95 of about ${ms(before)} to the end`,
        actual: `p95 of ${ms(after)}`,
        advice:
          "Something piles up: rows that are never removed, a cache or a list in memory, connections that are not given back.",
        confidence: "documented",
        exchanges: [],
      },
    ],
  }
}
