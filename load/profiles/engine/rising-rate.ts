/** Finds the breakpoint: repeats the load at a rate that rises step by step until the endpoint no longer keeps up. */
import { percentile } from "../../verdict/percentile.ts"
import type { RateLine } from "../../verdict/journal-lines.ts"
import type { Client, Outcome } from "./client.ts"
import type { Journal } from "./journal.ts"
import type { TenantJob } from "./tenant-job.ts"

const FIRST_RATE = 25
const FACTOR = 1.5
/** Steps that a run has time for: from 25 requests a second to over 3,000. */
const STEPS_MAX = 13
/** Shorter steps would judge a handful of answers. */
const STEP_MS_MIN = 1000
/** Less than this share of what was wanted: the endpoint, or the machine that sends, is behind. */
const KEPT_SHARE = 0.85

export interface RisingOptions {
  readonly client: Client
  readonly journal: Journal
  /** Of the tenant. */
  readonly index: number
  /** Of the whole rise at most. */
  readonly durationMs: number
  /** p95 in milliseconds that ends the rise. */
  readonly p95LimitMs: number
}

/** Raises the rate from 25 requests a second; resolves at the breakpoint, at the end of the time, or where k6 itself is at its limit. */
export async function raiseRate(
  job: TenantJob,
  { client, journal, index, durationMs, p95LimitMs }: RisingOptions,
): Promise<void> {
  const stepMs = Math.max(STEP_MS_MIN, durationMs / STEPS_MAX)
  let wanted = FIRST_RATE
  let startedMs = Date.now()
  let outcomes: Outcome[] = []
  let isOver = false
  const endMs = startedMs + durationMs
  client.pacer.setRate(wanted)
  job.onAnswer = (outcome) => {
    outcomes.push(outcome)
    const passedMs = Date.now() - startedMs
    if (isOver || passedMs < stepMs) return
    const line = judge({ wanted, outcomes, passedMs, p95LimitMs })
    journal.tell({ ...line, atMs: startedMs, tenant: index })
    isOver = line.end !== null || Date.now() >= endMs
    wanted *= isOver ? 1 : FACTOR
    client.pacer.setRate(wanted)
    startedMs = Date.now()
    outcomes = []
  }
  await job.repeatLoad(() => isOver || Date.now() >= endMs)
}

interface RateStep {
  readonly wanted: number
  readonly outcomes: readonly Outcome[]
  readonly passedMs: number
  readonly p95LimitMs: number
}

function judge({ wanted, outcomes, passedMs, p95LimitMs }: RateStep): Omit<RateLine, "atMs" | "tenant"> {
  const p95Ms = percentile(
    outcomes.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b),
    0.95,
  )
  const errors = outcomes.filter(({ isGood }) => !isGood).length
  const sent = (outcomes.length * 1000) / passedMs
  const line = { kind: "rate", wanted, sent, p95Ms, errors } as const
  if (errors > 0) return { ...line, end: "errors" }
  if (p95Ms > p95LimitMs) return { ...line, end: "p95" }
  if (outcomes.some(({ isThrottled }) => isThrottled)) return { ...line, end: "throttled" }
  return { ...line, end: sent < wanted * KEPT_SHARE ? "behind" : null }
}
