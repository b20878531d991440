/**
 * A page that nobody can open is no evidence. Every exchange that a finding names is shown; the others as far as a budget of
 * characters reaches, those of cases that need attention first. The JSON report has them all.
 */
import type { CaseResult, Exchange, Report } from "../model.ts"
import { exchangeDetails } from "./exchange.ts"
import type { Markup } from "./markup.ts"

/** Characters of markup for exchanges: leaves a report of 300 cases well under 2 MB. */
const BUDGET = 1_000_000

export interface ShownExchanges {
  readonly shown: readonly Markup[]
  readonly omitted: number
}

/** The exchanges to show, by case key. */
export function shownExchanges(report: Report): ReadonlyMap<string, ShownExchanges> {
  const named = new Set(report.cases.flatMap((result) => result.findings.flatMap((finding) => finding.exchanges)))
  const keys = new Set(report.cases.map(({ key }) => key))
  const ofCases = report.exchanges.filter((exchange) => keys.has(exchange.case))
  const byCase = Map.groupBy(ofCases, (exchange) => exchange.case)
  const rendered = new Map<string, Markup>()
  let left = BUDGET
  for (const exchange of inOrderOfNeed(report.cases, byCase, named)) {
    if (left <= 0) break
    const details = exchangeDetails(exchange, report.target, named.has(exchange.id))
    left -= details.length
    if (left >= 0 || named.has(exchange.id)) rendered.set(exchange.id, details)
  }
  return new Map(
    [...byCase].map(([key, exchanges]) => {
      const shown = exchanges.flatMap((exchange) => rendered.get(exchange.id) ?? [])
      return [key, { shown, omitted: exchanges.length - shown.length }]
    }),
  )
}

/** Named by a finding first; then those of cases that did not pass; then of all others, each case's first before any second. */
function inOrderOfNeed(
  cases: readonly CaseResult[],
  byCase: ReadonlyMap<string, readonly Exchange[]>,
  named: ReadonlySet<string>,
): Exchange[] {
  const troubled = new Set(cases.filter(({ status }) => status !== "passed").map(({ key }) => key))
  return [...byCase]
    .flatMap(([key, exchanges]) =>
      exchanges.map((exchange, index) => {
        const need = named.has(exchange.id) ? 0 : troubled.has(key) ? 1 : 2
        return { exchange, need, index }
      }),
    )
    .toSorted((a, b) => a.need - b.need || a.index - b.index)
    .map(({ exchange }) => exchange)
}
