/** Markdown for a pull request, a job summary or a wiki: verdicts, causes, the load, and what failed. */
import { footerOf } from "./footer.ts"
import {
  LOAD_COLUMNS,
  loadCells,
  loadFacts,
  RATE_COLUMNS,
  rateCells,
  TENANT_COLUMNS,
  tenantCells,
} from "./load-table.ts"
import type { CaseResult, Finding, Report } from "./model.ts"
import { oneLine, printable } from "./printable.ts"
import { requirementLabel, requirementLink } from "./requirement.ts"
import { severityOf, sortFindings } from "./status.ts"
import { duration, grouped, OUTCOME_WORDS, plural, STATUSES } from "./wording.ts"

/** Cases shown in full; the json report has all. */
const CASES_SHOWN = 50

export function renderMarkdown(report: Report): string {
  const blocks = [
    head(report),
    verdicts(report),
    load(report),
    causes(report),
    cases(report),
    machine(report),
    footerOf(report).map((sentence) => `- ${escape(sentence)}`),
  ]
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`
}

function head({ target, run, summary }: Report): string[] {
  const counts = STATUSES.filter((status) => summary[status] > 0).map(
    (status) => `${grouped(summary[status])} ${status}`,
  )
  const known = summary.knownFailures > 0 ? ` (${summary.knownFailures} known)` : ""
  const lines = [
    `# SCIM report: ${escape(target.url)}`,
    "",
    `${plural(summary.total, "case")}: ${counts.join(", ")}${known}; ${plural(run.requests, "request")} in ${duration(run.durationMs)}, seed ${run.seed}.`,
  ]
  if (run.interrupted === true) lines.push("", "**Interrupted: this report covers only what had run by then.**")
  return lines
}

function verdicts({ verdicts: all }: Report): string[] {
  return [
    "## Verdict",
    "",
    ...table(
      ["client", "outcome", "sentence"],
      all.map(({ client, outcome, sentence }) => [client, `**${OUTCOME_WORDS[outcome]}**`, escape(sentence)]),
    ),
  ]
}

function load({ load: found }: Report): string[] {
  if (found === undefined) return []
  return [
    `## Load: ${escape(found.profile)}`,
    "",
    `**${escape(found.sentence)}** ${escape(loadFacts(found).join(" "))}`,
    "",
    ...table(LOAD_COLUMNS, found.steps.map(loadCells), 1),
    ...(found.tenants.length > 1 ? ["", ...table(TENANT_COLUMNS, found.tenants.map(tenantCells), 1)] : []),
    ...(found.rates === undefined ? [] : ["", ...table(RATE_COLUMNS, found.rates.map(rateCells), 0)]),
  ]
}

function causes({ causes: all }: Report): string[] {
  if (all.length === 0) return []
  return [
    "## Causes",
    "",
    ...all.map(
      ({ code: name, title, cases: keys, fix, severity }, index) =>
        `${index + 1}. **${escape(title)}** (${code(name)}, ${severity ?? "failure"}, ${plural(keys.length, "case")})  \n   ${escape(fix)}`,
    ),
  ]
}

function cases(report: Report): string[] {
  const worth = report.cases.filter(({ status }) => status === "failed" || status === "errored" || status === "warned")
  if (worth.length === 0) return []
  const shown = worth.toSorted((a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status)).slice(0, CASES_SHOWN)
  const rest = worth.length - shown.length
  return [
    "## Cases that need attention",
    "",
    ...shown.flatMap((result) => caseDetails(result)),
    ...(rest > 0 ? [`and ${plural(rest, "other")}, in the json report.`] : []),
  ]
}

/** Folded, so that a long list stays readable. */
function caseDetails(result: CaseResult): string[] {
  const { status, title, key, known, requirement, error, repeat } = result
  const link = requirementLink(requirement)
  const label = escape(requirementLabel(requirement))
  const { counted } = sortFindings(result)
  return [
    `<details><summary><b>${status}${known === true ? ", known" : ""}</b> ${escape(title)} (${code(key)})</summary>`,
    "",
    link === undefined ? label : `[${label}](${link})`,
    "",
    ...counted.flatMap((finding) => findingLines(finding, severityOf(finding, requirement))),
    ...(error === undefined ? [] : [fenced(error), ""]),
    fenced(repeat),
    "",
    "</details>",
    "",
  ]
}

function findingLines({ message, code: name, expected, actual, advice }: Finding, severity: string): string[] {
  return [
    `- ${severity}: ${escape(message)} (${code(name)})`,
    `  - expected: ${escape(expected)}`,
    `  - actual: ${escape(actual)}`,
    `  - fix: ${escape(advice)}`,
    "",
  ]
}

function machine({ machine: { platform, arch, cpus, memoryMb, node, processor }, tool }: Report): string[] {
  const named = processor === undefined ? "" : ` (${escape(processor)})`
  return [
    `${tool.name} ${tool.version} on ${platform} ${arch}, ${plural(cpus, "CPU")}${named}, ${grouped(memoryMb)} MB, Node ${node}.`,
  ]
}

/** `leftColumns`: how many stand to the left; the others are figures. Without it all do. */
function table(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  leftColumns = columns.length,
): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`
  return [line(columns), line(columns.map((_, index) => (index < leftColumns ? "---" : "---:"))), ...rows.map(line)]
}

/** Text of an endpoint inside a line: nothing in it may become markup. */
function escape(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_[\]|#~]/g, (character) => `\\${character}`)
}

function code(text: string): string {
  return `<code>${escape(text)}</code>`
}

/** A block of code that no fence inside it can end. */
function fenced(block: string): string {
  const text = printable(block)
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = "`".repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}
