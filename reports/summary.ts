/** Counts of a run. */
import type { CaseResult, CaseStatus, Summary } from "./model.ts"

/** Counts the cases by status; a known failure is a failed case that stands in the baseline. */
export function summaryOf(cases: readonly CaseResult[]): Summary {
  const count = (status: CaseStatus) => cases.filter((result) => result.status === status).length
  return {
    total: cases.length,
    passed: count("passed"),
    failed: count("failed"),
    warned: count("warned"),
    skipped: count("skipped"),
    errored: count("errored"),
    knownFailures: cases.filter((result) => result.status === "failed" && result.known === true).length,
  }
}
