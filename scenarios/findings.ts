/** From what a case says is wrong to a finding of the report. */
import { severityOf, type Confidence, type Finding, type Requirement, type Severity } from "../reports/index.ts"
import type { FindingDraft } from "./expect.ts"
import { adviceFor, sentenceFor } from "./fault-kinds.ts"

/** The part of a case that its findings lean on. */
export interface FindingDefaults {
  readonly id: string
  readonly title: string
  readonly requirement: Requirement
  readonly confidence: Confidence
  readonly fix: string
}

/**
 * Completes a draft with what its case says. A kind of fault that several cases see has one headline and one advice, whichever case
 * sees it first. `note` makes it one whatever the case's level.
 */
export function toFinding(draft: FindingDraft, defaults: FindingDefaults, note = false): Finding {
  const headline = draft.headline ?? sentenceFor(draft.code)
  const finding: Finding = {
    code: draft.code,
    message: draft.message,
    expected: draft.expected,
    actual: draft.actual,
    advice: adviceFor(draft.code) ?? draft.advice ?? defaults.fix,
    confidence: draft.confidence ?? defaults.confidence,
    exchanges: [...(draft.exchanges ?? [])],
    ...(draft.severity !== undefined && { severity: draft.severity }),
    ...(draft.fact !== undefined && { fact: draft.fact }),
    ...(headline !== undefined && { headline }),
  }
  return { ...finding, severity: note ? "note" : weigh(finding, defaults.requirement) }
}

/** Nobody fails on a fact that is inferred, disputed or reported once, whoever requires it. */
function weigh(finding: Finding, requirement: Requirement): Severity {
  const severity = severityOf(finding, requirement)
  return severity === "failure" && finding.confidence === "inferred" ? "warning" : severity
}
