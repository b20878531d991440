/** Our metrics in k6's own summary, each tagged with the step: for plain `k6 run`, and for whoever collects k6's metrics. */
import { check } from "k6"
import { Counter, Rate, Trend } from "k6/metrics"
import type { Options } from "k6/options"
import { DEFAULT_LIMITS } from "../../limits.ts"
import type { Step } from "../../plan/step-names.ts"

/** Answers other than 429, in milliseconds. */
const duration = new Trend("scim_duration", true)
/** Share of answers that were not as expected. */
const errors = new Rate("scim_errors")
/** Answers 429, each of which was waited out. */
const throttled = new Counter("scim_throttled")
/** Requests of the plan that could not be sent. */
const unsent = new Counter("scim_unsent")

export function countAnswer(step: string, tenant: string, tookMs: number, isGood: boolean): void {
  const tags = { step, tenant }
  duration.add(tookMs, tags)
  errors.add(!isGood, tags)
  check(isGood, { [`${step} answers as expected`]: (good) => good }, tags)
}

export function countThrottled(step: string, tenant: string): void {
  throttled.add(1, { step, tenant })
}

export function countUnsent(count: number): void {
  unsent.add(count)
}

/** A threshold for each step makes k6 show it by itself. */
export function thresholds(steps: readonly Step[]): NonNullable<Options["thresholds"]> {
  const { p95Ms } = DEFAULT_LIMITS
  return {
    scim_errors: ["rate==0"],
    scim_unsent: ["count==0"],
    checks: ["rate==1"],
    ...Object.fromEntries(steps.map((step) => [`scim_duration{step:${step}}`, [`p(95)<${p95Ms}`]])),
  }
}
