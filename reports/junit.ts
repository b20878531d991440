/**
 * JUnit XML as CI systems read it: the subset that GitLab, Jenkins, Azure DevOps and CircleCI share, in the order that
 * strict readers want (properties, then test cases with at most one result element, then system-out). Suites of ours are
 * test suites; GitLab drops the second of two equal classname + name pairs, so names carry the case's key.
 */
import { answerLine, requestLine } from "./exchange-text.ts"
import { footerOf } from "./footer.ts"
import type { CaseResult, Exchange, Finding, Report } from "./model.ts"
import { areaOf, requirementLabel, requirementLink } from "./requirement.ts"
import { severityOf, sortFindings } from "./status.ts"
import { LEVEL_WORDS, OUTCOME_WORDS } from "./wording.ts"

export function renderJunit(report: Report): string {
  const exchanges = new Map(report.exchanges.map((exchange) => [exchange.id, exchange]))
  const suites = [...Map.groupBy(report.cases, ({ suite }) => suite)]
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    open("testsuites", { name: report.tool.name, ...totals(report.cases) }),
    ...suites.map(([name, cases]) => testSuite(name, cases, report, exchanges)),
    "</testsuites>",
    "",
  ].join("\n")
}

/** A failed case that stands in the baseline does not break a build: it is shown as skipped, with that reason. */
function isKnownFailure({ status, known }: CaseResult): boolean {
  return status === "failed" && known === true
}

function totals(cases: readonly CaseResult[]): Attributes {
  return {
    tests: cases.length,
    failures: cases.filter((result) => result.status === "failed" && !isKnownFailure(result)).length,
    errors: cases.filter(({ status }) => status === "errored").length,
    skipped: cases.filter((result) => result.status === "skipped" || isKnownFailure(result)).length,
    time: seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  }
}

type Exchanges = ReadonlyMap<string, Exchange>

function testSuite(name: string, cases: readonly CaseResult[], report: Report, exchanges: Exchanges): string {
  const timestamp = report.run.startedAt.replace(/(?:\.\d+)?Z$/, "")
  return [
    `  ${open("testsuite", { name: `scim.${name}`, ...totals(cases), timestamp, hostname: "localhost" })}`,
    "    <properties>",
    ...propertiesOf(report).map(([key, value]) => `      ${element("property", { name: key, value })}`),
    "    </properties>",
    ...cases.map((result) => testCase(result, report, exchanges)),
    "  </testsuite>",
  ].join("\n")
}

function propertiesOf(report: Report): (readonly [string, string])[] {
  return [
    ["target", report.target.url],
    ["run", report.run.id],
    ["seed", String(report.run.seed)],
    ["command", report.run.command],
    ["version", report.tool.version],
    ...report.verdicts.map(
      ({ client, outcome, sentence }) => [`verdict.${client}`, `${OUTCOME_WORDS[outcome]}. ${sentence}`] as const,
    ),
    ...footerOf(report).map((sentence, index) => [`limit.${index + 1}`, sentence] as const),
  ]
}

function testCase(result: CaseResult, report: Report, exchanges: Exchanges): string {
  const level = LEVEL_WORDS[result.requirement.level]
  const start = {
    classname: `scim.${areaOf(result)}`,
    name: `${level} ${result.title} [${result.key}]`,
    time: seconds(result.durationMs),
  }
  const children = [outcomeElement(result, report, exchanges), systemOut(result, report, exchanges)].filter(
    (child) => child !== undefined,
  )
  if (children.length === 0) return `    ${element("testcase", start)}`
  return [`    ${open("testcase", start)}`, ...children.map((child) => `      ${child}`), "    </testcase>"].join("\n")
}

function outcomeElement(result: CaseResult, report: Report, exchanges: Exchanges): string | undefined {
  if (result.status === "failed") return failureElement(result, report, exchanges)
  if (result.status === "errored") {
    const error = result.error ?? "no stack was recorded"
    const message = `scimulate failed here, not the endpoint: ${error.split("\n", 1)[0]}`
    return element("error", { message, type: "scimulate" }, error)
  }
  return result.status === "skipped"
    ? element("skipped", { message: result.skipReason ?? "no reason was recorded" })
    : undefined
}

/** All findings in one element: Jenkins reads only the first. */
function failureElement(result: CaseResult, report: Report, exchanges: Exchanges): string {
  const { counted } = sortFindings(result)
  const message = counted[0]?.message ?? result.title
  if (isKnownFailure(result)) return element("skipped", { message: `known failure, in the baseline: ${message}` })
  const texts = counted.map((finding) => findingText(finding, result, report, exchanges))
  const others = counted.length > 1 ? ` (and ${counted.length - 1} more)` : ""
  const attributes = { message: `${message}${others}`, type: counted[0]?.code ?? "failed" }
  return element("failure", attributes, [...texts, caseText(result)].join("\n\n"))
}

function findingText(finding: Finding, result: CaseResult, report: Report, exchanges: Exchanges): string {
  const evidence = finding.exchanges.flatMap((id) => {
    const exchange = exchanges.get(id)
    if (exchange === undefined) return []
    const request = `${requestLine(exchange, report.target)}  ${exchange.request.body ?? ""}`.trimEnd()
    return [`Request:  ${request}`, `Answer:   ${answerLine(exchange)}`]
  })
  return [
    `${severityOf(finding, result.requirement)}: ${finding.message} [${finding.code}]`,
    `Expected: ${finding.expected}`,
    `Actual:   ${finding.actual}`,
    ...evidence,
    `Fix:      ${finding.advice}`,
    ...(finding.confidence === "documented" ? [] : [`Basis:    ${finding.confidence}, not documented`]),
  ].join("\n")
}

function caseText(result: CaseResult): string {
  const link = requirementLink(result.requirement)
  const requirement = `Requirement: ${requirementLabel(result.requirement)}${link === undefined ? "" : ` ${link}`}`
  return `${requirement}\nRepeat: ${result.repeat}`
}

/** Warnings and notes: a JUnit test case has no result of that kind. */
function systemOut(result: CaseResult, report: Report, exchanges: Exchanges): string | undefined {
  const { counted, notes } = sortFindings(result)
  const shown = [...(result.status === "warned" ? counted : []), ...notes]
  if (shown.length === 0) return undefined
  const texts = shown.map((finding) => findingText(finding, result, report, exchanges))
  return element("system-out", {}, [...texts, caseText(result)].join("\n\n"))
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}

type Attributes = Readonly<Record<string, string | number>>

function open(name: string, attributes: Attributes): string {
  const text = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeText(String(value))}"`)
  return `<${name}${text.join("")}>`
}

function element(name: string, attributes: Attributes, text?: string): string {
  const start = open(name, attributes)
  return text === undefined ? `${start.slice(0, -1)}/>` : `${start}${escapeXml(text)}</${name}>`
}

/** On one line: an attribute's line breaks are lost on the way through an XML reader. */
function attributeText(text: string): string {
  return escapeXml(text.replace(/\s+/g, " ").trim())
}

/** Everything outside XML 1.0's Char production: most control characters, lone surrogates, U+FFFE and U+FFFF. */
const FORBIDDEN_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

function escapeXml(text: string): string {
  return text
    .replace(FORBIDDEN_IN_XML, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
}
