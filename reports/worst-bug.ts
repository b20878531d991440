/** The one thing to fix first, with the evidence for it. */
import type { CaseResult, Cause, Exchange, Finding, Report } from "./model.ts"

export interface WorstBug {
  readonly cause: Cause
  readonly result: CaseResult
  readonly finding: Finding
  /** The request that shows it; undefined where the finding names none that was kept. */
  readonly exchange: Exchange | undefined
}

/** The first cause with the case, finding and exchange that show it; undefined where nothing is wrong. */
export function worstBugOf(report: Report): WorstBug | undefined {
  const cause = report.causes[0]
  const result = report.cases.find(({ key }) => key === cause?.cases[0])
  const finding = result?.findings.find(
    ({ code, headline, message }) => code === cause?.code && (headline ?? message) === cause.title,
  )
  if (cause === undefined || result === undefined || finding === undefined) return undefined
  return { cause, result, finding, exchange: report.exchanges.find(({ id }) => finding.exchanges.includes(id)) }
}
