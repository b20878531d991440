/**
 * What a finding's code is about. Codes live in the cases that record them, and nowhere else: they are learnt here by playing
 * each case against the defects that trip it, on the embedded target. That takes seconds, and can never be out of date.
 */
import type { Finding } from "../../reports/index.ts"
import { ALL_CASES, runCases, type Case } from "../../scenarios/index.ts"
import { SystemClock } from "../../simulator/index.ts"

/** A code as it was seen. */
export interface SeenFinding {
  /** The first one seen, with its message and advice. */
  readonly finding: Finding
  /** The cases that record it. */
  readonly cases: readonly Case[]
}

/** Every code that some defect brings about. */
export async function seeFindings(): Promise<ReadonlyMap<string, SeenFinding>> {
  const seen = new Map<string, SeenFinding>()
  for (const played of ALL_CASES) {
    for (const finding of await findingsOf(played)) {
      const before = seen.get(finding.code)
      const cases = new Set(before?.cases).add(played)
      seen.set(finding.code, { finding: before?.finding ?? finding, cases: [...cases] })
    }
  }
  return seen
}

async function findingsOf(played: Case): Promise<readonly Finding[]> {
  const clock = new SystemClock()
  const findings: Finding[] = []
  for (const defect of played.defects) {
    const { cases } = await runCases({
      cases: [played],
      target: { kind: "embedded", defects: [defect] },
      seed: 1,
      clock,
    })
    findings.push(...cases.flatMap((result) => result.findings))
  }
  return findings
}
