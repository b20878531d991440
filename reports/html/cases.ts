/** All cases, grouped by area, what needs attention first, with a filter that works where script runs. */
import type { CaseResult, Report } from "../model.ts"
import { areaOf } from "../requirement.ts"
import { STATUSES } from "../wording.ts"
import { worstBugOf } from "../worst-bug.ts"
import { caseDetails, type CaseMaterial } from "./case.ts"
import { shownExchanges } from "./evidence-budget.ts"
import { icon } from "./icons.ts"
import { markup, type Content, type Markup } from "./markup.ts"
import { headingOf } from "./words.ts"

export function casesSection(report: Report): Markup {
  const worst = worstBugOf(report)?.result.key
  const groups = [...Map.groupBy(materialsOf(report), ({ result }) => areaOf(result))].toSorted(
    ([, a], [, b]) => rankOf(a) - rankOf(b),
  )
  return markup`
    <section id="section-cases" aria-labelledby="cases-heading">
      <h2 id="cases-heading">Cases</h2>
      ${filterBar()}
      ${groups.map(([area, materials]) => group(area, materials, report.target, worst))}
      <p class="empty" id="no-match" hidden>No case matches this filter.</p>
    </section>`
}

function filterBar(): Markup {
  return markup`
    <form class="filter" role="search" hidden>
      <label for="filter">Filter</label>
      <input id="filter" type="search" autocomplete="off" spellcheck="false" aria-describedby="filter-help"${" "}
        placeholder="s:failed l:must area:patch !optscim">
      <output for="filter" role="status"></output>
      <p id="filter-help">
        <kbd>/</kbd> to search, <kbd>j</kbd> <kbd>k</kbd> to move. Tokens: <code>s:</code>status <code>l:</code>level${" "}
        <code>area:</code> <code>suite:</code> <code>d:</code>dialect <code>c:</code>code; <code>!</code> in front negates.
      </p>
    </form>`
}

function materialsOf(report: Report): CaseMaterial[] {
  const shown = shownExchanges(report)
  const exchanges = Map.groupBy(report.exchanges, (exchange) => exchange.case)
  const cycles = Map.groupBy(report.cycles, (cycle) => cycle.case)
  const log = Map.groupBy(report.provisioningLogs, (entry) => entry["case"])
  return report.cases.map((result) => ({
    result,
    exchanges: exchanges.get(result.key) ?? [],
    shown: shown.get(result.key),
    cycles: cycles.get(result.key) ?? [],
    log: log.get(result.key) ?? [],
  }))
}

function group(
  area: string,
  materials: readonly CaseMaterial[],
  target: Report["target"],
  worst: string | undefined,
): Markup {
  const ordered = materials.toSorted((a, b) => rank(a.result) - rank(b.result))
  const quiet = materials.every(({ result }) => result.status === "passed")
  return markup`
    <details class="group"${!quiet && markup` open`}>
      <summary><h3>${headingOf(area)}</h3>${tallies(materials)}</summary>
      ${ordered.map((material) => caseDetails(material, target, material.result.key === worst))}
    </details>`
}

function tallies(materials: readonly CaseMaterial[]): Content {
  return STATUSES.map((status) => {
    const count = materials.filter(({ result }) => result.status === status).length
    return count > 0 && markup`<span class="tally">${icon(status)} ${count} ${status}</span>`
  })
}

function rank({ status }: CaseResult): number {
  return STATUSES.indexOf(status)
}

/** Groups by the worst status in them; those alike keep their order. */
function rankOf(materials: readonly CaseMaterial[]): number {
  return Math.min(...materials.map(({ result }) => rank(result)))
}
