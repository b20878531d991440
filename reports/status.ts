/** How findings count, and what status they give their case (design: "Status"). */
import type { CaseResult, CaseStatus, Finding, Requirement, Severity } from "./model.ts"

const IMPLIED: Readonly<Record<Requirement["level"], Severity>> = {
  must: "failure",
  entra: "failure",
  should: "warning",
  may: "note",
}

/**
 * How a finding counts. A broken MUST or Entra requirement fails, a SHOULD warns, a MAY is a note, unless the finding
 * itself says otherwise (a contested alternative warns). A finding about Entra that rests on an inferred fact never does
 * more than warn: nobody fails on what we only suppose of a closed service.
 */
export function severityOf(finding: Finding, requirement: Requirement): Severity {
  const severity = finding.severity ?? IMPLIED[requirement.level]
  const supposed = requirement.level === "entra" && finding.confidence === "inferred"
  return supposed && severity === "failure" ? "warning" : severity
}

/** The status that its findings give a case which ran to its end: the worst severity decides, notes change nothing. */
export function statusOf(
  findings: readonly Finding[],
  requirement: Requirement,
): Extract<CaseStatus, "passed" | "warned" | "failed"> {
  const severities = new Set(findings.map((finding) => severityOf(finding, requirement)))
  if (severities.has("failure")) return "failed"
  return severities.has("warning") ? "warned" : "passed"
}

/** The findings of a case that count, worst first; `notes` are those that change nothing. */
export function sortFindings(result: CaseResult): {
  readonly counted: readonly Finding[]
  readonly notes: readonly Finding[]
} {
  const of = (wanted: Severity) =>
    result.findings.filter((finding) => severityOf(finding, result.requirement) === wanted)
  return { counted: [...of("failure"), ...of("warning")], notes: of("note") }
}

/** Must the case pass before its clients can be called ready? SHOULD and MAY cases are good manners. */
export function isRequired(requirement: Requirement): boolean {
  return requirement.level === "must" || requirement.level === "entra"
}
