/**
 * The report for a terminal: verdicts first, causes before cases, then every failed, errored and warned case in full, what was
 * not tested and why, and a last line that repeats the outcome, since that is where the cursor stops.
 */
import { causeReach, causesHeadline } from "../causes.ts"
import { answerLine, requestLine } from "../exchange-text.ts"
import { footerOf } from "../footer.ts"
import { clip, labelled, pad, wrap } from "../layout.ts"
import type { CaseResult, CaseStatus, Cause, Report, Verdict } from "../model.ts"
import { notApplicableOf, untestedGroups, untestedOf, type UntestedGroup } from "../not-tested.ts"
import { oneLine } from "../printable.ts"
import { sortFindings } from "../status.ts"
import { coloured, plain, type Tone } from "../style.ts"
import { duration, grouped, OUTCOME_WORDS, plural, STATUSES } from "../wording.ts"
import { worstBugOf } from "../worst-bug.ts"
import { caseBlock } from "./case-block.ts"
import { loadBlock } from "./load.ts"
import { ASCII, UNICODE, type Terminal } from "./terminal.ts"

export interface ConsoleOptions {
  /** Default: no colour. */
  readonly color?: boolean
  /** Width to fill; default 100, never less than 80. Commands are not broken, so that they can be copied. */
  readonly columns?: number
  /** Symbols beyond ASCII; default true. */
  readonly unicode?: boolean
}

export function renderConsole(report: Report, options: ConsoleOptions = {}): string {
  const terminal: Terminal = {
    width: Math.max(80, Math.min(options.columns ?? 100, 100)),
    paint: options.color === true ? coloured : plain,
    symbols: options.unicode === false ? ASCII : UNICODE,
  }
  const blocks = [
    title(report, terminal),
    loadBlock(report, terminal),
    verdicts(report, terminal),
    worstBug(report, terminal),
    causes(report, terminal),
    ...attentionOrder(report.cases).map((result) => caseBlock(result, report, terminal)),
    notes(report, terminal),
    notTested(report, terminal),
    notApplicable(report, terminal),
    aftermath(report, terminal),
    limits(report, terminal),
    tally(report, terminal),
  ]
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`
}

function title({ tool, run, target, summary }: Report, { width, paint }: Terminal): string[] {
  const virtual = run.virtualDurationMs > 0 ? `, ${duration(run.virtualDurationMs)} of virtual time` : ""
  const facts = `${plural(summary.total, "case")}, ${plural(run.requests, "request")}, ${duration(run.durationMs)}${virtual}`
  const lines = [
    `${paint("bold", `${tool.name} ${tool.version}`)}  ${oneLine(target.url)} (${target.kind})`,
    ...wrap(`run ${run.id}, seed ${run.seed}: ${facts}`, width).map((line) => paint("dim", line)),
  ]
  if (run.interrupted === true)
    lines.push(paint("yellow", "Interrupted: this report covers only what had run by then."))
  return lines
}

const OUTCOME_TONES: Readonly<Record<Verdict["outcome"], Tone>> = {
  ready: "green",
  "ready-with-warnings": "yellow",
  "not-ready": "red",
  unknown: "magenta",
}

function verdicts({ verdicts: all }: Report, { width, paint, symbols }: Terminal): string[] {
  const layout = { indent: 0, labelWidth: 18, width }
  return [
    paint("bold", "Verdict"),
    ...all.flatMap(({ client, outcome, sentence }) =>
      labelled(`${symbols.outcomes[outcome]} ${client}`, oneLine(sentence), layout, (label) =>
        paint(OUTCOME_TONES[outcome], label),
      ),
    ),
  ]
}

function worstBug(report: Report, { width, paint }: Terminal): string[] {
  const worst = worstBugOf(report)
  if (worst === undefined) return []
  const layout = { indent: 0, labelWidth: 10, width }
  const { cause, finding, exchange } = worst
  return [
    paint("bold", "Worst bug"),
    ...wrap(oneLine(cause.title), width),
    ...(exchange === undefined
      ? []
      : labelled(
          "Request",
          oneLine(`${requestLine(exchange, report.target)} answered ${answerLine(exchange)}`),
          layout,
        )),
    ...labelled("Expected", oneLine(finding.expected), layout),
    ...labelled("Actual", oneLine(finding.actual), layout),
    ...labelled("Fix", oneLine(finding.advice), layout),
  ]
}

function causes({ causes: all, cases }: Report, terminal: Terminal): string[] {
  if (all.length === 0) return []
  const reaches = all.map((cause) => causeReach(cause, cases))
  const labelWidth = Math.max(...reaches.map((reach) => reach.length)) + 4
  return [
    terminal.paint("bold", `Causes: ${causesHeadline(all, cases)}`),
    ...all.flatMap((cause, index) => causeLines(cause, reaches[index] ?? "", labelWidth, terminal)),
  ]
}

function causeLines(cause: Cause, reach: string, labelWidth: number, terminal: Terminal): string[] {
  const { width, paint, symbols } = terminal
  const [status, tone] = cause.severity === "warning" ? (["warned", "yellow"] as const) : (["failed", "red"] as const)
  const label = `${symbols.statuses[status]} ${reach}`
  const layout = { indent: 0, labelWidth, width }
  return [
    ...labelled(label, oneLine(cause.title), layout, (text) => paint(tone, text)),
    ...labelled("", oneLine(`${cause.code}. ${cause.fix}`), layout).map((line) => paint("dim", line)),
  ]
}

/** Failed, errored, warned: those that are expanded. */
function attentionOrder(cases: readonly CaseResult[]): CaseResult[] {
  const expanded: readonly CaseStatus[] = ["failed", "errored", "warned"]
  return expanded.flatMap((status) => cases.filter((result) => result.status === status))
}

function notes({ cases }: Report, { width, paint, symbols }: Terminal): string[] {
  const all = cases.flatMap((result) => sortFindings(result).notes)
  const groups = [...Map.groupBy(all, ({ code }) => code).values()]
  if (groups.length === 0) return []
  return [
    paint("bold", "Worth knowing"),
    ...groups.flatMap((group) => {
      const times = group.length > 1 ? ` (${group.length} cases)` : ""
      return labelled(symbols.note, `${oneLine(group[0]?.message ?? "")}${times}`, { indent: 0, labelWidth: 2, width })
    }),
  ]
}

function notTested({ cases, notRun = [] }: Report, terminal: Terminal): string[] {
  const groups = untestedGroups(untestedOf(cases, notRun))
  if (groups.length === 0) return []
  const total = groups.reduce((sum, group) => sum + group.cases.length, 0)
  const heading = terminal.paint("bold", `Not tested: ${plural(total, "case")}`)
  return [heading, ...groups.flatMap((group) => untestedLines(group, terminal))]
}

function notApplicable({ cases }: Report, terminal: Terminal): string[] {
  const groups = untestedGroups(notApplicableOf(cases))
  if (groups.length === 0) return []
  const heading = terminal.paint("bold", "Does not apply, and takes nothing from a verdict")
  return [heading, ...groups.flatMap((group) => untestedLines(group, terminal))]
}

function untestedLines({ cases, reason }: UntestedGroup, { width, paint, symbols }: Terminal): string[] {
  const text = `${plural(cases.length, "case")}, because ${oneLine(reason)}`
  const keys = clip(oneLine(cases.map(({ key }) => key).join(", ")), width - 2)
  return [...labelled(symbols.statuses.skipped, text, { indent: 0, labelWidth: 2, width }), paint("dim", `  ${keys}`)]
}

/** What stayed behind on the target, and what changed against the baseline. */
function aftermath({ leftovers, baseline, target, run }: Report, { width, paint }: Terminal): string[] {
  const lines: string[] = []
  if (baseline !== undefined) {
    const { new: fresh, known, fixed } = baseline
    lines.push(`${paint("bold", "Baseline")}  ${fresh.length} new, ${known.length} known, ${fixed.length} fixed`)
    lines.push(...fixed.map((entry) => `  fixed: ${oneLine(entry)} (shrink the baseline with --update-baseline)`))
  }
  if (leftovers.length > 0) {
    lines.push(paint("yellow", `Left behind on the target: ${plural(leftovers.length, "resource")}`))
    lines.push(...leftovers.map((leftover) => `  ${clip(oneLine(leftover), width - 2)}`))
    lines.push(oneLine(`Remove them with: scimulate clean ${target.url} --run ${run.id}`))
  }
  return lines
}

function limits(report: Report, { width, paint }: Terminal): string[] {
  return wrap(footerOf(report).join(" "), width).map((line) => paint("dim", line))
}

const STATUS_TONES: Readonly<Record<CaseStatus, Tone>> = {
  failed: "red",
  errored: "magenta",
  warned: "yellow",
  skipped: "dim",
  passed: "green",
}

function tally({ summary, verdicts: all }: Report, { paint, symbols }: Terminal): string[] {
  const known = summary.knownFailures > 0 ? ` (${summary.knownFailures} known)` : ""
  const counts = STATUSES.filter((status) => summary[status] > 0).map(
    (status) =>
      paint(STATUS_TONES[status], `${symbols.statuses[status]} ${grouped(summary[status])} ${status}`) +
      (status === "failed" ? known : ""),
  )
  const outcomes = all.map(
    ({ client, outcome }) =>
      `${pad(client, 15)}${paint(OUTCOME_TONES[outcome], `${symbols.outcomes[outcome]} ${OUTCOME_WORDS[outcome].toLowerCase()}`)}`,
  )
  return [counts.join("  "), ...outcomes]
}
