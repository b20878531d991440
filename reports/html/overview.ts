/** The first screen: what was tested, is it ready for whom, what to fix first, and the counts. */
import { answerLine, briefBody, requestLine } from "../exchange-text.ts"
import { clip } from "../layout.ts"
import type { Exchange, Report, Verdict } from "../model.ts"
import { dateTime, duration, grouped, OUTCOME_WORDS, plural, STATUSES } from "../wording.ts"
import { worstBugOf } from "../worst-bug.ts"
import { causeAnchor } from "./causes.ts"
import { command } from "./command.ts"
import { factList } from "./facts.ts"
import { fixLine } from "./fix-line.ts"
import { icon } from "./icons.ts"
import { markup, type Content, type Markup } from "./markup.ts"
import { CLIENT_TITLES, OUTCOME_ICONS, STATUS_WORDS } from "./words.ts"

const KINDS = {
  embedded: "embedded reference target",
  external: "external endpoint",
  "in-process": "in this process",
} as const

const INTERRUPTED = markup`
  <p class="banner">${icon("warned")} Interrupted: this report covers only what had run by then.</p>`

export function masthead({ run, target, tool }: Report): Markup {
  return markup`
    <header class="masthead">
      <p class="product"><b>${tool.name}</b> ${tool.version}<span>SCIM readiness report</span></p>
      <h1>${target.url}</h1>
      <p class="kind">${KINDS[target.kind]}</p>
      ${factList([
        ["Started", dateTime(run.startedAt)],
        ["Took", duration(run.durationMs)],
        ["Virtual time", run.virtualDurationMs > 0 ? duration(run.virtualDurationMs) : "none"],
        ["Requests", grouped(run.requests)],
        ["Dialects", run.dialects.join(", ")],
        ["Run", markup`<code>${run.id}</code>`],
        ["Seed", markup`<code>${run.seed}</code>`],
      ])}
      ${run.interrupted === true && INTERRUPTED}
    </header>`
}

export function verdictCards({ verdicts, causes }: Report): Markup {
  const codes = new Set(causes.map(({ code }) => code))
  return markup`
    <section id="section-verdicts" aria-labelledby="verdicts-heading">
      <h2 id="verdicts-heading">Verdict</h2>
      <div class="verdicts">${verdicts.map((verdict) => card(verdict, codes))}</div>
    </section>`
}

function card({ client, outcome, sentence, reasons }: Verdict, causes: ReadonlySet<string>): Markup {
  return markup`
    <article class="verdict ${outcome}">
      <h3>${CLIENT_TITLES[client]}</h3>
      <p class="outcome">${icon(OUTCOME_ICONS[outcome])} ${OUTCOME_WORDS[outcome]}</p>
      ${inTwo(sentence)}
      ${reasonLinks(reasons.filter((code) => causes.has(code)))}
    </article>`
}

/** What was not tested stands apart: it ends every verdict that it weighs on. */
function inTwo(sentence: string): Markup {
  const at = sentence.indexOf("; not tested: ")
  if (at < 0) return markup`<p class="sentence">${sentence}</p>`
  const rest = markup`<span class="untested-part">${sentence.slice(at + 2)}</span>`
  return markup`<p class="sentence">${sentence.slice(0, at + 1)} ${rest}</p>`
}

/** Reasons that a card links to; the causes below have them all. */
const REASONS_SHOWN = 4

function reasonLinks(codes: readonly string[]): Content {
  if (codes.length === 0) return false
  const links = codes
    .slice(0, REASONS_SHOWN)
    .map((code) => markup`<a href="#${causeAnchor(code)}"><code>${code}</code></a> `)
  const more = codes.length - REASONS_SHOWN
  return markup`<p class="reasons">${links}${more > 0 && `and ${more} more`}</p>`
}

export function worstBug(report: Report): Content {
  const worst = worstBugOf(report)
  if (worst === undefined) return false
  const { finding, result, exchange, cause } = worst
  const others = cause.cases.length - 1
  return markup`
    <section class="worst ${cause.severity ?? "failure"}" aria-labelledby="worst-heading">
      <h2 id="worst-heading">${cause.severity === "warning" ? "Look at this first" : "Fix this first"}</h2>
      <p class="headline">${cause.title}</p>
      ${exchange !== undefined && proof(exchange, report.target)}
      ${fixLine(finding.advice)}
      <p class="basis">
        Case <a href="#${result.key}"><code>${result.key}</code></a>
        ${others > 0 && ` and ${plural(others, "other")} with the same cause`}
      </p>
      ${command("Repeat it", result.repeat, true)}
    </section>`
}

/** Characters of a body that the proof shows. */
const PROOF_BODY = 300

function proof(exchange: Exchange, target: Report["target"]): Markup {
  const body = briefBody(exchange.request.body ?? "")
  return markup`
    <p class="proof">
      <code><b>${requestLine(exchange, target)}</b> ${clip(body, PROOF_BODY)}</code>
      <span> answered </span><b>${answerLine(exchange)}</b>
    </p>`
}

/** Counts as one bar and a legend whose entries filter the cases. */
export function countsBar({ summary, baseline }: Report): Markup {
  const present = STATUSES.filter((status) => summary[status] > 0)
  const known = summary.knownFailures > 0 && ` (${summary.knownFailures} known)`
  const legend = present.map((status) => {
    const words = markup`${icon(status)} <b>${grouped(summary[status])}</b> ${STATUS_WORDS[status].toLowerCase()}`
    return markup`<li><a href="#section-cases" data-filter="s:${status}">${words}</a>${status === "failed" && known}</li>`
  })
  const change =
    baseline !== undefined &&
    `Against the baseline: ${baseline.new.length} new, ${baseline.known.length} known, ${baseline.fixed.length} fixed.`
  return markup`
    <section class="counts" aria-labelledby="counts-heading">
      <h2 id="counts-heading">${plural(summary.total, "case")}</h2>
      <svg class="bar" height="10" aria-hidden="true">${segments(summary)}</svg>
      <ul class="legend">${legend}</ul>
      ${change !== false && markup`<p class="basis">${change}</p>`}
    </section>`
}

function segments(summary: Report["summary"]): Content {
  let end = 0
  return STATUSES.map((status) => {
    const width = (summary[status] / Math.max(1, summary.total)) * 100
    end += width
    return (
      width > 0 &&
      markup`<rect class="${status}" x="${(end - width).toFixed(2)}%" width="${width.toFixed(2)}%" height="10"/>`
    )
  })
}
