/**
 * The job's state machine (ENG-JOB-01 to -04, -11): schedule.state and status.code of Graph, and what moves them. Pure. A
 * fresh job is Disabled/Paused and so is a paused one, as real captures show (RES-12).
 */
import {
  DEFAULT_QUARANTINE_RULES,
  imposeQuarantine,
  type Quarantine,
  type QuarantineCause,
  type QuarantineRules,
} from "./quarantine.ts"

export type ScheduleState = "Active" | "Disabled"
export type StatusCode = "NotRun" | "Active" | "Paused" | "Quarantine"

export interface JobState {
  readonly schedule: ScheduleState
  readonly code: StatusCode
  readonly quarantine: Quarantine | null
  /** Failures of an initial cycle reached the thresholds: they were dropped and the job paused (ENG-RETRY-09, documented). */
  readonly escrowsPruned: boolean
  /** Runs that failed as a whole, one after another. */
  readonly successiveFailures: number
}

export const FRESH_JOB: JobState = {
  schedule: "Disabled",
  code: "Paused",
  quarantine: null,
  escrowsPruned: false,
  successiveFailures: 0,
}

/** What a cycle means for the job. */
export type CycleVerdict =
  | { readonly kind: "healthy" }
  /** The job itself is at fault: it could not run at all (ENG-QUAR-01), or a count rule holds (ENG-QUAR-03). */
  | { readonly kind: "quarantined"; readonly cause: QuarantineCause; readonly ranToEnd: boolean }
  /** A count rule holds at the end of an initial cycle. */
  | { readonly kind: "pruned" }

/** `start`, or a restart: clears the quarantine unless told to keep it. `hasWatermark`: an initial cycle has ended before. */
export function started(
  state: JobState,
  { hasWatermark, keepsQuarantine = false }: { hasWatermark: boolean; keepsQuarantine?: boolean },
): JobState {
  const quarantine = keepsQuarantine ? state.quarantine : null
  const code = quarantine !== null ? "Quarantine" : hasWatermark ? "Active" : "NotRun"
  return { ...state, schedule: "Active", code, quarantine, escrowsPruned: false }
}

/** `pause`, or the portal's Off: everything is kept (ENG-JOB-04). */
export function paused(state: JobState): JobState {
  return { ...state, schedule: "Disabled", code: "Paused" }
}

/** ENG-QUAR-08, ENG-JOB-11: after four weeks in quarantine the job stops running and still says Quarantine. */
export function disabled(state: JobState): JobState {
  return { ...state, schedule: "Disabled", code: "Quarantine" }
}

/** Imposed while no cycle runs, by hand (table 16.1). */
export function quarantined(
  state: JobState,
  cause: QuarantineCause,
  nowMs: number,
  rules: QuarantineRules = DEFAULT_QUARANTINE_RULES,
): JobState {
  return { ...state, code: "Quarantine", quarantine: imposeQuarantine(state.quarantine, cause, nowMs, rules) }
}

/** After a cycle; the same state where the cycle changes nothing. A job that was paused while it ran stays paused (ENG-CYCLE-10). */
export function cycleEnded(
  state: JobState,
  verdict: CycleVerdict,
  nowMs: number,
  rules: QuarantineRules = DEFAULT_QUARANTINE_RULES,
): JobState {
  const code = (running: StatusCode): StatusCode => (state.schedule === "Disabled" ? state.code : running)
  if (verdict.kind === "pruned") return { ...paused(state), escrowsPruned: true, successiveFailures: 0 }
  if (verdict.kind === "healthy") {
    const isSame = state.code === code("Active") && state.quarantine === null && state.successiveFailures === 0
    return isSame ? state : { ...state, code: code("Active"), quarantine: null, successiveFailures: 0 }
  }
  return {
    ...state,
    code: code("Quarantine"),
    quarantine: imposeQuarantine(state.quarantine, verdict.cause, nowMs, rules),
    successiveFailures: verdict.ranToEnd ? 0 : state.successiveFailures + 1,
  }
}
