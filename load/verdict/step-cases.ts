/** A case for each step of the load: its answers are right, in time, and seldom put off. */
import { type Finding, grouped } from "../../reports/index.ts"
import { ANSWER_REQUIREMENT, type CaseDraft, ms, percent } from "./case-parts.ts"
import type { Measured } from "./measure.ts"
import { percentile } from "./percentile.ts"
import type { Thresholds } from "./thresholds.ts"

/** What is known of the answers to a step that were wrong: ids of the exchanges, and what was expected of the first. */
export interface ErrorEvidence {
  readonly exchanges: readonly string[]
  readonly expected: string
}

/** `evidence` gives what shows the errors of a step. */
export function stepCases(
  steps: ReadonlyMap<string, Measured>,
  thresholds: Thresholds,
  evidence: (step: string) => ErrorEvidence,
): CaseDraft[] {
  return [...steps].map(([step, measured]) => ({
    id: step,
    title: `${step}: every answer is right, in time, and seldom 429`,
    requirement: ANSWER_REQUIREMENT,
    facts: [],
    findings: [
      ...errorFinding(step, measured, thresholds, evidence(step)),
      ...latencyFinding(step, measured, thresholds),
      ...throttlingFinding(step, measured, thresholds),
    ],
  }))
}

function errorFinding(
  step: string,
  { requests, errors }: Measured,
  thresholds: Thresholds,
  { exchanges, expected }: ErrorEvidence,
): Finding[] {
  const { errorShare } = thresholds.limitsOf(step)
  const share = requests === 0 ? 0 : errors / requests
  if (share <= errorShare) return []
  return [
    {
      code: "load-errors",
      message: `${grouped(errors)} of ${grouped(requests)} answers to ${step} were not as expected under load.`,
      headline: "Under load the endpoint gives answers that it should not give",
      expected: errorShare === 0 ? expected : `${expected}, but for ${percent(errorShare)} of the answers`,
      actual: `${grouped(errors)} of ${grouped(requests)} (${percent(share)})`,
      advice:
        "Look at the exchanges: what is answered alone, one after the other, has to be answered side by side too.",
      confidence: "documented",
      exchanges: [...exchanges],
    },
  ]
}

function latencyFinding(step: string, { tookMs }: Measured, thresholds: Thresholds): Finding[] {
  const { p95Ms } = thresholds.limitsOf(step)
  const actual = percentile(tookMs, 0.95)
  if (actual <= p95Ms) return []
  return [
    {
      code: "load-latency",
      message: `95 % of the answers to ${step} came within ${ms(actual)}, which is over the limit of ${ms(p95Ms)}.`,
      headline: "Under load answers come later than the limit allows",
      expected: `p95 of at most ${ms(p95Ms)}`,
      actual: `p95 of ${ms(actual)}`,
      advice:
        "Look for a query that reads more as the directory grows: a search without index, or a group read whole to change one member.",
      confidence: "documented",
      exchanges: [],
      // Microsoft publishes no latency: a limit of our own only warns, one that somebody set is a rule.
      severity: thresholds.isGiven(step, "p95Ms") ? "failure" : "warning",
    },
  ]
}

function throttlingFinding(step: string, { requests, throttled }: Measured, thresholds: Thresholds): Finding[] {
  const { throttledShare } = thresholds.limitsOf(step)
  const answers = requests + throttled
  const share = answers === 0 ? 0 : throttled / answers
  if (share <= throttledShare) return []
  return [
    {
      code: "load-throttled",
      message: `${grouped(throttled)} of ${grouped(answers)} answers to ${step} were 429.`,
      headline: "The endpoint puts off more requests than the limit allows",
      expected: `at most ${percent(throttledShare)} of the answers 429`,
      actual: `${grouped(throttled)} of ${grouped(answers)} (${percent(share)})`,
      advice:
        "Allow each tenant 25 requests a second at least, with room for bursts, before you answer 429 with Retry-After.",
      confidence: "documented",
      exchanges: [],
      severity: thresholds.isGiven(step, "throttledShare") ? "failure" : "warning",
    },
  ]
}
