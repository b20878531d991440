/** What the endpoint bears: 25 requests a second for each tenant, and where a rising rate breaks it. */
import { type Finding, grouped } from "../../reports/index.ts"
import { type CaseDraft, ms, RATE_REQUIREMENT } from "./case-parts.ts"
import type { RateLine } from "./journal-lines.ts"
import type { Measured } from "./measure.ts"

export interface TenantMeasured extends Measured {
  readonly name: string
  readonly isNoisy: boolean
}

/** Ten seconds of the rate: fewer requests are a burst, and say nothing of what is sustained. */
const SUSTAINED_S = 10
/** Timers are not exact to the millisecond: this share of the rate is the rate. */
const TOLERANCE = 0.98

/** Requests a second between the first and the last; 0 for fewer than two. */
export function rateOf({ requests, throttled, fromMs, toMs }: Measured): number {
  const intervals = requests + throttled - 1
  // Requests sent within one millisecond took it whole.
  return intervals < 1 ? 0 : (intervals * 1000) / Math.max(1, toMs - fromMs)
}

/** 25 a second for each tenant, or what the thresholds file says. Noisy tenants are not asked. */
export function rateCase(tenants: readonly TenantMeasured[], required: number, isPaced: boolean): CaseDraft {
  const draft = {
    id: "rate",
    title: `The endpoint sustains ${required} requests a second for each tenant`,
    requirement: RATE_REQUIREMENT,
    facts: ["ENG-PERF-04", "WIRE-199"],
    findings: [],
  }
  const judged = tenants.filter(({ isNoisy }) => !isNoisy)
  const fewest = Math.min(...judged.map(({ requests }) => requests))
  if (!isPaced) {
    return { ...draft, skipReason: "the profile itself sends fewer: most of its time passes between cycles" }
  }
  if (fewest < required * SUSTAINED_S) {
    const skipReason = `${grouped(fewest)} requests are a burst; ${grouped(Math.ceil(required * SUSTAINED_S))} are ten seconds' worth (more --users, or a longer --duration)`
    return { ...draft, skipReason }
  }
  const slow = judged.filter((tenant) => rateOf(tenant) < required * TOLERANCE)
  if (slow.length === 0) return draft
  const [slowest] = slow.toSorted((a, b) => rateOf(a) - rateOf(b))
  const actual = slowest === undefined ? 0 : rateOf(slowest)
  return {
    ...draft,
    findings: [
      {
        code: "load-rate",
        message:
          tenants.length === 1
            ? `Only ${actual.toFixed(1)} requests a second were answered.`
            : `${slow.length} of ${judged.length} tenants got less than ${required} requests a second; the slowest (${slowest?.name}) ${actual.toFixed(1)}.`,
        headline: `The endpoint does not sustain ${required} requests a second for a tenant`,
        expected: `at least ${required} requests a second for each tenant`,
        actual: `${actual.toFixed(1)} a second`,
        advice: "Microsoft asks this of every endpoint: find the step with the highest latency, and look there first.",
        confidence: "documented",
        exchanges: [],
      },
    ],
  }
}

const ENDINGS = {
  p95: "answers came too late",
  errors: "answers were wrong",
  throttled: "the endpoint answered 429",
  behind: "the endpoint, or the machine that sends, no longer kept up",
} as const

/** The breakpoint as a note; a failure where it lies below the required rate. */
export function breakpointCase(rates: readonly RateLine[], required: number): CaseDraft {
  const draft = {
    id: "breakpoint",
    title: `The rate at which the endpoint breaks lies above ${required} requests a second`,
    requirement: RATE_REQUIREMENT,
    facts: ["ENG-PERF-04"],
    findings: [],
  }
  const [last] = rates.slice(-1)
  if (last === undefined) return { ...draft, skipReason: "the time was too short for a single step of the rate" }
  const held = rates.findLast(({ end }) => end === null)
  const reached = held === undefined ? 0 : held.sent
  const message =
    last.end === null
      ? `The endpoint kept up to the end: ${last.sent.toFixed(0)} requests a second, p95 ${ms(last.p95Ms)}.`
      : `The endpoint kept ${reached.toFixed(0)} requests a second; at ${last.wanted.toFixed(0)} ${ENDINGS[last.end]} (${last.sent.toFixed(0)} a second, p95 ${ms(last.p95Ms)}).`
  const isBelow = last.end !== null && reached < required * TOLERANCE
  const finding: Finding = {
    code: isBelow ? "load-breakpoint-low" : "load-breakpoint",
    message,
    expected: `more than ${required} requests a second`,
    actual: `${reached.toFixed(0)} requests a second`,
    advice: "Run it again with more --users to see whether the rate depends on the size of the directory.",
    confidence: "documented",
    exchanges: [],
    severity: isBelow ? "failure" : "note",
  }
  return { ...draft, findings: [finding] }
}
