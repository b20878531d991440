/**
 * Quarantine of a whole job: why it is imposed, when it is looked at again, when it ends the job, and how it is left
 * (ENG-QUAR-01 to -14). Pure. Object failures never quarantine below the counts of {@link QuarantineRules} (RES-14): a small
 * application is quarantined only because of the job itself, such as refused credentials.
 */
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Graph's values (table 16.1, documented). */
export type QuarantineReason =
  | "EncounteredBaseEscrowThreshold"
  | "EncounteredTotalEscrowThreshold"
  | "EncounteredEscrowProportionThreshold"
  | "EncounteredQuarantineException"
  | "TooManyDeletes"
  | ManualReason

/**
 * Reasons that no rule of ours gives: imposed by Microsoft by hand (documented), or without any description. Whoever reads a
 * status must know them, so a job can be put into such a quarantine.
 */
export type ManualReason = "QuarantinedOnDemand" | "IngestionInterrupted" | "Unknown"

export interface Quarantine {
  readonly reason: QuarantineReason
  readonly error: { readonly code: string; readonly message: string; readonly tenantActionable: boolean }
  /** When this series was first imposed. */
  readonly seriesBeganMs: number
  /** How often in this series it was imposed; 1 at first (GRAPH-628, observed). */
  readonly seriesCount: number
  /** When it was last imposed. */
  readonly currentBeganMs: number
  readonly nextAttemptMs: number
}

export interface QuarantineRules {
  /** From the first attempt to the second; doubles from attempt to attempt. RES-06: 30 minutes, or the 5 of one capture. */
  readonly firstDelayMs: number
  readonly longestDelayMs: number
  /** Older than this, the quarantine disables the job (ENG-QUAR-08, documented). */
  readonly lifeMs: number
  /** Below this many failures nothing is evaluated. */
  readonly minimumFailures: number
  /** More failures than this share of all events quarantine the job. */
  readonly failureShare: number
  /** … or more than this many, references not counted. */
  readonly baseFailures: number
  /** … or more than this many with references. */
  readonly totalFailures: number
}

/** The numbers of ENG-QUAR-03, -04, -07 and -08. A small tenant never reaches the counts: scale them to try the rules out. */
export const DEFAULT_QUARANTINE_RULES: QuarantineRules = {
  firstDelayMs: 30 * MINUTE_MS,
  longestDelayMs: DAY_MS,
  lifeMs: 28 * DAY_MS,
  minimumFailures: 5_000,
  failureShare: 0.4,
  baseFailures: 40_000,
  totalFailures: 60_000,
}

/** Why a cycle leaves the job in quarantine. */
export interface QuarantineCause {
  readonly reason: QuarantineReason
  readonly error: Quarantine["error"]
}

/** The quarantine after a cycle that found a cause; `previous` is the series that it goes on with, if any. */
export function imposeQuarantine(
  previous: Quarantine | null,
  cause: QuarantineCause,
  nowMs: number,
  rules: QuarantineRules = DEFAULT_QUARANTINE_RULES,
): Quarantine {
  const seriesCount = (previous?.seriesCount ?? 0) + 1
  const delayMs = Math.min(rules.firstDelayMs * 2 ** (seriesCount - 1), rules.longestDelayMs)
  return {
    reason: cause.reason,
    error: cause.error,
    seriesBeganMs: previous?.seriesBeganMs ?? nowMs,
    seriesCount,
    currentBeganMs: nowMs,
    nextAttemptMs: nowMs + delayMs,
  }
}

/** A quarantine that somebody at Microsoft imposes; looked at again, and lifted, as any other (inferred). */
export function manualCause(reason: ManualReason): QuarantineCause {
  return { reason, error: { code: reason, message: "The quarantine was imposed by hand.", tenantActionable: false } }
}

/** Whether a quarantine has lasted so long that the job is disabled. */
export function isExpired(
  quarantine: Quarantine,
  nowMs: number,
  rules: QuarantineRules = DEFAULT_QUARANTINE_RULES,
): boolean {
  return nowMs - quarantine.seriesBeganMs > rules.lifeMs
}

/** What the count rules look at: open escrows, and objects that are in step (ENG-QUAR-06, inferred). */
export interface FailureCounts {
  readonly objectFailures: number
  /** Failed managers and members: only the total counts them (ENG-REF-08, documented). */
  readonly referenceFailures: number
  readonly successes: number
}

/** The reason of the count rules, or null (ENG-QUAR-03 to -05, documented; which reason is which: ENG-QUAR-06, inferred). */
export function countedReason(
  counts: FailureCounts,
  rules: QuarantineRules = DEFAULT_QUARANTINE_RULES,
): QuarantineReason | null {
  const { objectFailures, referenceFailures, successes } = counts
  if (objectFailures + referenceFailures < rules.minimumFailures) return null
  if (objectFailures + referenceFailures > rules.totalFailures) return "EncounteredTotalEscrowThreshold"
  if (objectFailures > rules.baseFailures) return "EncounteredBaseEscrowThreshold"
  if (objectFailures < rules.minimumFailures) return null
  return objectFailures > rules.failureShare * (objectFailures + successes)
    ? "EncounteredEscrowProportionThreshold"
    : null
}
