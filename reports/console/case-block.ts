/** One failed, errored or warned case: requirement, expected, actual, the request that shows it, advice, and how to repeat it. */
import { answerLine, briefBody, requestLine } from "../exchange-text.ts"
import { clip, labelled, wrap } from "../layout.ts"
import type { CaseResult, Exchange, Finding, Report } from "../model.ts"
import { oneLine, printable } from "../printable.ts"
import { requirementLabel } from "../requirement.ts"
import { severityOf, sortFindings } from "../status.ts"
import type { Tone } from "../style.ts"
import { LEVEL_WORDS } from "../wording.ts"
import type { Terminal } from "./terminal.ts"

const LABEL_WIDTH = 10
const INDENT = 2

export function caseBlock(result: CaseResult, report: Report, terminal: Terminal): string[] {
  const { width, paint, symbols } = terminal
  const tone: Tone = result.status === "failed" ? "red" : result.status === "warned" ? "yellow" : "magenta"
  const marks = [result.known && "known", result.flaky && "flaky", result.simulated && "simulated"]
    .filter(Boolean)
    .join(", ")
  const label = oneLine(requirementLabel(result.requirement))
  const level = LEVEL_WORDS[result.requirement.level]
  const first = paint(tone, `${symbols.statuses[result.status]} ${level}`)
  return [
    [first, paint("bold", oneLine(result.key)), paint("dim", label), marks === "" ? "" : `(${marks})`]
      .join("  ")
      .trimEnd(),
    ...wrap(oneLine(result.title), width - INDENT).map((line) => " ".repeat(INDENT) + line),
    ...(result.status === "errored"
      ? stack(result, terminal)
      : sortFindings(result).counted.flatMap((finding) => findingLines(finding, result, report, terminal))),
    ...command("Again", result.repeat, terminal),
    ...command("Explain", `scimulate explain ${result.id}`, terminal),
  ]
}

function findingLines(finding: Finding, result: CaseResult, report: Report, terminal: Terminal): string[] {
  const failure = severityOf(finding, result.requirement) === "failure"
  const shown = report.exchanges.find(({ id }) => finding.exchanges.includes(id))
  const basis = [
    finding.confidence !== "documented" && finding.confidence,
    finding.fact !== undefined && `fact ${finding.fact}`,
    finding.switch !== undefined && `other reading: ${finding.switch}`,
  ].filter((part) => part !== false)
  return [
    ...field(
      failure ? "Failure" : "Warning",
      `${finding.message} (${finding.code})`,
      terminal,
      failure ? "red" : "yellow",
    ),
    ...field("Expected", finding.expected, terminal),
    ...field("Actual", finding.actual, terminal),
    ...(shown === undefined ? [] : evidence(shown, report, terminal)),
    ...field("Fix", finding.advice, terminal, "cyan"),
    ...(basis.length === 0 ? [] : field("Basis", basis.join(", "), terminal)),
  ]
}

/** The request on one line, its body cut to what fits, and what was answered. */
function evidence(exchange: Exchange, report: Report, terminal: Terminal): string[] {
  const room = terminal.width - INDENT - LABEL_WIDTH
  const fault = exchange.fault === undefined ? "" : ` (fault: ${exchange.fault})`
  const request = `${requestLine(exchange, report.target)} ${briefBody(exchange.request.body ?? "")}`
  const answer = `${answerLine(exchange)}${fault} ${briefBody(exchange.response?.body ?? "")}`
  return [
    line("Request", clip(oneLine(shortIds(request)), room), terminal),
    line("Answer", clip(oneLine(shortIds(answer)), room), terminal),
  ]
}

/** On one line every letter counts: the first eight of an id name it well enough. */
function shortIds(text: string): string {
  return text.replace(/\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "$1…")
}

/** Lines of a stack that help: the message and the first places. */
const STACK_LINES = 5

function stack(result: CaseResult, terminal: Terminal): string[] {
  const lines = printable(result.error ?? "no stack was recorded")
    .split("\n")
    .slice(0, STACK_LINES)
  return [
    ...field(
      "Error",
      "scimulate itself failed here; this says nothing about the endpoint. Please report it.",
      terminal,
      "magenta",
    ),
    ...lines.map((text) => " ".repeat(INDENT + LABEL_WIDTH) + clip(text.trim(), terminal.width - INDENT - LABEL_WIDTH)),
  ]
}

function field(label: string, text: string, { width, paint }: Terminal, tone?: Tone): string[] {
  const layout = { indent: INDENT, labelWidth: LABEL_WIDTH, width }
  return labelled(label, oneLine(text), layout, (padded) => (tone === undefined ? padded : paint(tone, padded)))
}

/** A command stays on one line whatever its length: it is there to be copied. */
function command(label: string, text: string, terminal: Terminal): string[] {
  return [line(label, oneLine(text), terminal)]
}

function line(label: string, text: string, { paint }: Terminal): string {
  return `${" ".repeat(INDENT)}${paint("dim", label.padEnd(LABEL_WIDTH))}${text}`
}
