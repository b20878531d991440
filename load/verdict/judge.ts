/** From what was measured and what was found in the end to cases, evidence and the report's section on the load. */
import { toRfc3339 } from "../../protocol/index.ts"
import { type CaseResult, type Exchange, grouped, type Load } from "../../reports/index.ts"
import type { Profile } from "../catalogue.ts"
import type { LoadPlan } from "../plan/plan.ts"
import { ANSWER_REQUIREMENT, type CaseDraft, type CaseFrame, ms, toCase } from "./case-parts.ts"
import { driftCase } from "./drift-case.ts"
import { endStateCases, type JudgedTenant } from "./end-state-cases.ts"
import type { FailureLine } from "./journal-lines.ts"
import type { Measurement } from "./measure.ts"
import { percentile } from "./percentile.ts"
import { breakpointCase, rateCase, rateOf, type TenantMeasured } from "./rate-cases.ts"
import { type ErrorEvidence, stepCases } from "./step-cases.ts"
import type { Thresholds } from "./thresholds.ts"

export interface JudgedLoad {
  readonly cases: readonly CaseResult[]
  readonly exchanges: readonly Exchange[]
  readonly load: Load
}

export interface LoadEvidence {
  readonly plan: LoadPlan
  readonly profile: Profile
  readonly measurement: Measurement
  /** How many virtual users share the plan. */
  readonly parts: number
  readonly thresholds: Thresholds
  /** Null where it was not read, because the load did not come to its end. */
  readonly endState: readonly JudgedTenant[] | null
  readonly frame: Omit<CaseFrame, "profile" | "dialect">
  readonly isInterrupted: boolean
  /** Version of k6. */
  readonly k6: string
  /** Takes secrets out of what is quoted. */
  readonly redact: (text: string) => string
}

export function judgeLoad(evidence: LoadEvidence): JudgedLoad {
  const { plan, profile, measurement, thresholds, endState } = evidence
  const frame: CaseFrame = { ...evidence.frame, profile: profile.name, dialect: plan.dialect }
  const noisy = new Set(plan.tenants.flatMap(({ isNoisy }, index) => (isNoisy ? [index] : [])))
  const steps = measurement.bySteps(noisy)
  const tenants = plan.tenants.map(({ name, isNoisy }, index): TenantMeasured => ({
    name,
    isNoisy,
    ...measurement.ofTenant(index),
  }))
  const { requestsPerSecond } = thresholds
  const exchanges = measurement.failures.map((failure, index) => toExchange(failure, index, frame, evidence.redact))
  const evidenceOf = (step: string): ErrorEvidence => ({
    exchanges: measurement.failures.flatMap((failure, index) => (failure.step === step ? [exchangeId(index)] : [])),
    expected:
      measurement.failures.find((failure) => failure.step === step)?.expected ?? "the answer that the plan expects",
  })
  const drafts = [
    sentCase(evidence),
    ...stepCases(steps, thresholds, evidenceOf),
    profile.mode === "rising"
      ? breakpointCase(measurement.rates, requestsPerSecond)
      : rateCase(tenants, requestsPerSecond, profile.mode !== "compressed"),
    ...(profile.name === "soak" ? [driftCase(measurement.within(0, 0.25), measurement.within(0.75, 1))] : []),
    ...(endState === null ? unreadCases(evidence) : endStateCases(endState)),
  ]
  const cases = drafts.map((draft) => toCase(draft, frame))
  return { cases, exchanges, load: toLoad(evidence, cases, { steps, tenants, noisy }) }
}

/** Whether the load was what was planned. */
function sentCase({ measurement, parts, isInterrupted, plan }: LoadEvidence): CaseDraft {
  const draft = {
    id: "sent",
    title: "The whole plan was sent",
    requirement: ANSWER_REQUIREMENT,
    facts: [],
    findings: [],
  }
  if (isInterrupted) return { ...draft, skipReason: "the load was interrupted" }
  if (measurement.unsent === 0 && measurement.done === parts) return draft
  const missing = parts - measurement.done
  const what = missing > 0 ? `${missing} of ${parts} provisioning jobs did not come to the end of their plan.` : ""
  return {
    ...draft,
    findings: [
      {
        code: "load-unsent",
        message: `${grouped(measurement.unsent)} requests of the plan could not be sent. ${what}`.trim(),
        headline: "Requests could not be sent, because those before them failed or time ran out",
        expected: `every request of ${plan.tenants.length === 1 ? "the plan" : "every tenant's plan"}`,
        actual: `${grouped(measurement.unsent)} not sent`,
        advice:
          "Look at the first failure: what follows in the same chain builds on its answer. A longer --duration helps where time ran out.",
        confidence: "documented",
        exchanges: measurement.failures.length > 0 ? [exchangeId(0)] : [],
      },
    ],
  }
}

function unreadCases({ isInterrupted }: LoadEvidence): CaseDraft[] {
  const skipReason = isInterrupted
    ? "the load was interrupted, so there is no planned end"
    : "the plan was not sent whole, so there is no planned end"
  return endStateCases([]).map((draft) => ({ ...draft, findings: [], skipReason }))
}

function toLoad(
  evidence: LoadEvidence,
  cases: readonly CaseResult[],
  measured: {
    steps: Parameters<typeof stepCases>[0]
    tenants: readonly TenantMeasured[]
    noisy: ReadonlySet<number>
  },
): Load {
  const { plan, profile, measurement, thresholds, endState, k6, isInterrupted } = evidence
  const all = measurement.all()
  const timeline = measurement.timeline(measured.noisy)
  const outcome = isInterrupted
    ? "incomplete"
    : cases.some(({ status }) => status === "failed")
      ? "broken"
      : cases.some(({ status }) => status === "warned")
        ? "warned"
        : "kept"
  return {
    profile: profile.name,
    about: profile.about,
    outcome,
    sentence: sentenceOf(outcome, evidence, cases),
    dialect: plan.dialect,
    users: plan.users,
    k6,
    durationMs: all.toMs - all.fromMs,
    prepared: measurement.prepared,
    requests: all.requests,
    requestsPerSecond: rateOf(all),
    errors: all.errors,
    throttled: all.throttled,
    unsent: measurement.unsent,
    steps: [...measured.steps].map(([step, { requests, errors, throttled, tookMs }]) => ({
      step,
      requests,
      errors,
      throttled,
      minMs: tookMs[0] ?? 0,
      p50Ms: percentile(tookMs, 0.5),
      p90Ms: percentile(tookMs, 0.9),
      p95Ms: percentile(tookMs, 0.95),
      p99Ms: percentile(tookMs, 0.99),
      maxMs: tookMs.at(-1) ?? 0,
      p95LimitMs: thresholds.limitsOf(step).p95Ms,
      p95PointsMs: [...timeline.p95Of(step)],
    })),
    tenants: measured.tenants.map((tenant) => ({
      name: tenant.name,
      noisy: tenant.isNoisy,
      requests: tenant.requests,
      requestsPerSecond: rateOf(tenant),
      p95Ms: percentile(tenant.tookMs, 0.95),
      errors: tenant.errors,
      throttled: tenant.throttled,
    })),
    timeline: {
      bucketMs: timeline.bucketMs,
      requests: [...timeline.requests],
      errors: [...timeline.errors],
      throttled: [...timeline.throttled],
    },
    ...(measurement.rates.length > 0 && {
      rates: measurement.rates.map(({ wanted, sent, p95Ms, errors, end }) => ({ wanted, sent, p95Ms, errors, end })),
    }),
    ...(endState !== null && { endState: countEndState(plan, endState) }),
  }
}

function countEndState(plan: LoadPlan, judged: readonly JudgedTenant[]): NonNullable<Load["endState"]> {
  const states = plan.tenants.map(({ endState }) => endState)
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)
  return {
    people: sum(states.map(({ users }) => users.length)),
    groups: sum(states.map(({ groups }) => groups.length)),
    members: sum(states.flatMap(({ groups }) => groups.map(({ members }) => members.length))),
    differences: sum(judged.map(({ comparison, problems }) => comparison.differences.length + problems.length)),
  }
}

function sentenceOf(
  outcome: Load["outcome"],
  { measurement, profile, endState }: LoadEvidence,
  cases: readonly CaseResult[],
): string {
  const all = measurement.all()
  const [worst] = cases.flatMap(({ status, findings }) => (status === "failed" ? findings : []))
  const [warning] = cases.flatMap(({ status, findings }) => (status === "warned" ? findings : []))
  const figures = `${grouped(all.requests)} requests at ${grouped(Math.round(rateOf(all)))} a second, p95 ${ms(percentile(all.tookMs, 0.95))}`
  switch (outcome) {
    case "incomplete":
      return `${profile.name} was interrupted after ${figures}.`
    case "broken":
      return `${profile.name} broke the endpoint: ${worst?.message ?? "see the cases."} (${figures})`
    case "warned":
      return `${profile.name} held, with warnings: ${warning?.message ?? "see the cases."} (${figures})`
    case "kept":
      return `${profile.name} held: ${figures}; ${endState === null ? "the end state was not read" : "nothing lost, nothing doubled"}.`
  }
}

function exchangeId(index: number): string {
  return `load-${index + 1}`
}

function toExchange(
  failure: FailureLine,
  index: number,
  { profile, dialect }: CaseFrame,
  redact: (text: string) => string,
): Exchange {
  const { step, method, url, requestBody, status, responseBody, error, atMs, tookMs } = failure
  const json = { "content-type": ["application/scim+json; charset=utf-8"] }
  return {
    id: exchangeId(index),
    case: `load-${profile}-${step}@${dialect}`,
    at: toRfc3339(atMs),
    request: {
      method,
      url: redact(url),
      headers: requestBody === null ? {} : json,
      body: requestBody === null ? null : redact(requestBody),
    },
    response: status === 0 ? null : { status, headers: {}, body: responseBody === null ? null : redact(responseBody) },
    ...(status === 0 && { failure: redact(error ?? "no answer") }),
    ms: tookMs,
  }
}
