/** From what a case says is wrong to a finding of the report. */
import { severityOf, type Confidence, type Finding, type Requirement, type Severity } from "../reports/index.ts"
import type { FindingDraft } from "./expect.ts"

/** The part of a case that its findings lean on. */
export interface FindingDefaults {
  readonly id: string
  readonly title: string
  readonly requirement: Requirement
  readonly confidence: Confidence
  readonly fix: string
}

/** Completes a draft with what its case says. `note` makes it one whatever the case's level. */
export function toFinding(draft: FindingDraft, defaults: FindingDefaults, note = false): Finding {
  const finding: Finding = {
    code: draft.code,
    message: draft.message,
    expected: draft.expected,
    actual: draft.actual,
    advice: draft.advice ?? defaults.fix,
    confidence: draft.confidence ?? defaults.confidence,
    exchanges: [...(draft.exchanges ?? [])],
    ...(draft.severity !== undefined && { severity: draft.severity }),
    ...(draft.fact !== undefined && { fact: draft.fact }),
    ...(draft.headline !== undefined && { headline: draft.headline }),
  }
  return { ...finding, severity: note ? "note" : weigh(finding, defaults.requirement) }
}

/** Nobody fails on a fact that is inferred, disputed or reported once, whoever requires it. */
function weigh(finding: Finding, requirement: Requirement): Severity {
  const severity = severityOf(finding, requirement)
  return severity === "failure" && finding.confidence === "inferred" ? "warning" : severity
}
