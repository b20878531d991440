/**
 * Escrows: objects whose create, update or delete failed, and when they are tried again (ENG-RETRY-01 to -07). Pure. The
 * failure of one object never stops the cycle; a retry works on the object as it is then, not on the request that failed.
 */
import type { ObjectType } from "../mapping/model.ts"

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** What failed: the object itself, or references it holds (members, manager), which the quarantine rules count apart. */
export type EscrowKind = "object" | "reference"

export interface Escrow {
  readonly objectType: ObjectType
  readonly objectId: string
  readonly kind: EscrowKind
  /** The error code of the last failure. */
  readonly errorCode: string
  readonly firstFailureMs: number
  /** How often it was tried again, not counting the first attempt. */
  readonly retryCount: number
  /** Tried again by the first cycle that starts then or later. */
  readonly notBeforeMs: number
}

export interface EscrowRules {
  /** Retries after the one in the next cycle, counted from the first failure. */
  readonly retryAfterMs: readonly number[]
  /** From then on, one retry per this. */
  readonly thenEveryMs: number
  /** The escrow's age at which it is given up until the object changes. */
  readonly lifeMs: number
}

/** The published schedule (ENG-RETRY-02, documented) with the retry in the next cycle in front of it (ENG-RETRY-05, inferred). */
export const DEFAULT_ESCROW_RULES: EscrowRules = {
  retryAfterMs: [6 * HOUR_MS, 12 * HOUR_MS, 24 * HOUR_MS],
  thenEveryMs: DAY_MS,
  lifeMs: 28 * DAY_MS,
}

/** One failure of one object. */
export interface Failure {
  readonly objectType: ObjectType
  readonly objectId: string
  readonly kind: EscrowKind
  readonly errorCode: string
}

/**
 * The escrow after a failure at `nowMs`; `previous` is the object's escrow until then. Null once no retry is left within its
 * life (ENG-RETRY-06, inferred).
 */
export function escrowAfterFailure(
  previous: Escrow | null,
  failure: Failure,
  nowMs: number,
  rules: EscrowRules = DEFAULT_ESCROW_RULES,
): Escrow | null {
  const { objectType, objectId, kind, errorCode } = failure
  if (previous === null) {
    return { objectType, objectId, kind, errorCode, firstFailureMs: nowMs, retryCount: 0, notBeforeMs: nowMs }
  }
  const notBeforeMs = previous.firstFailureMs + nextRetryOffset(nowMs - previous.firstFailureMs, rules)
  if (notBeforeMs - previous.firstFailureMs > rules.lifeMs) return null
  return { ...previous, kind, errorCode, retryCount: previous.retryCount + 1, notBeforeMs }
}

/** The first point of the schedule that lies after `ageMs`, counted from the first failure. */
function nextRetryOffset(ageMs: number, { retryAfterMs, thenEveryMs }: EscrowRules): number {
  const planned = retryAfterMs.find((offsetMs) => offsetMs > ageMs)
  if (planned !== undefined) return planned
  const lastMs = retryAfterMs.at(-1) ?? 0
  return lastMs + (Math.floor((ageMs - lastMs) / thenEveryMs) + 1) * thenEveryMs
}
