/** What is wrong, what would have been right, why we think so, and how to fix it. */
import { answerLine, requestLine } from "../exchange-text.ts"
import type { CaseResult, Exchange, Finding, Report } from "../model.ts"
import { severityOf } from "../status.ts"
import { exchangeAnchor } from "./exchange.ts"
import { fixLine } from "./fix-line.ts"
import { markup, type Content, type Markup } from "./markup.ts"
import { wordDiff, type DiffPart } from "./word-diff.ts"

const SEVERITY_WORDS = { failure: "Failure", warning: "Warning", note: "Note" } as const

export function findingSection(
  finding: Finding,
  result: CaseResult,
  target: Report["target"],
  exchanges: readonly Exchange[],
): Markup {
  const severity = severityOf(finding, result.requirement)
  const { expected, actual } = wordDiff(finding.expected, finding.actual)
  return markup`
    <section class="finding ${severity}">
      <h4><span class="kind">${SEVERITY_WORDS[severity]}</span> ${finding.message} <code class="code">${finding.code}</code></h4>
      <div class="sides">
        <div class="side expected"><p class="label">Expected</p><p class="text">${expected.map(part)}</p></div>
        <div class="side actual"><p class="label">Actual</p><p class="text">${actual.map(part)}</p></div>
      </div>
      ${fixLine(finding.advice)}
      ${basis(finding)}
      ${shownBy(finding, target, exchanges)}
    </section>`
}

function part({ text, differs }: DiffPart): Content {
  return differs ? markup`<mark>${text}</mark>` : text
}

const BASIS = {
  documented: "Rests on published documentation",
  observed: "Rests on observation by independent parties, not on documentation",
  inferred: "Inferred, not documented: it can only warn where Entra is concerned",
} as const

function basis({ confidence, fact, switch: option }: Finding): Markup {
  const by = fact === undefined ? "" : ` (fact ${fact})`
  const otherwise = option !== undefined && markup` Another reading: <code>${option}</code>.`
  return markup`<p class="basis">${BASIS[confidence]}${by}.${otherwise}</p>`
}

function shownBy(finding: Finding, target: Report["target"], exchanges: readonly Exchange[]): Content {
  const links = exchanges
    .filter(({ id }) => finding.exchanges.includes(id))
    .map((exchange, index) => {
      const code = markup`<code>${requestLine(exchange, target)}</code>`
      const link = markup`<a href="#${exchangeAnchor(exchange.id)}">${code}</a>`
      return markup`${index > 0 && ", "}${link} (${answerLine(exchange)})`
    })
  return links.length > 0 && markup`<p class="basis">Shown by ${links}</p>`
}
