/** Small reports for tests: everything plain, the parts that matter given. */
import type { CaseResult, Finding, Report } from "../../reports/index.ts"

export function aFinding(parts: Partial<Finding> = {}): Finding {
  return {
    code: "wrong-status",
    message: "It answered 200.",
    expected: "409",
    actual: "200",
    advice: "Answer 409.",
    confidence: "documented",
    exchanges: [],
    ...parts,
  }
}

export function aCase(parts: Partial<CaseResult> = {}): CaseResult {
  return {
    key: "rfc7644-3.3-duplicate-user",
    id: "rfc7644-3.3-duplicate-user",
    kind: "check",
    suite: "rfc",
    title: "A second user with the same userName is refused",
    clients: ["rfc"],
    status: "passed",
    requirement: { source: "rfc", ref: "7644 §3.3", level: "must" },
    facts: [],
    durationMs: 1,
    steps: [],
    repeat: "scimulate run --case rfc7644-3.3-duplicate-user",
    findings: [],
    ...parts,
  }
}

export function aReport(
  parts: {
    cases?: CaseResult[]
    interrupted?: boolean
    baseline?: NonNullable<Report["baseline"]>
    exitCode?: number
  } = {},
): Report {
  const cases = parts.cases ?? [aCase()]
  const count = (status: CaseResult["status"]) => cases.filter((result) => result.status === status).length
  return {
    version: 1,
    tool: { name: "scimulate", version: "0.0.0" },
    machine: { platform: "linux", arch: "x64", cpus: 2, memoryMb: 4096, node: "24.0.0" },
    run: {
      id: "abcdefg",
      seed: 1,
      startedAt: "2026-11-21T10:00:00.000Z",
      durationMs: 5,
      virtualDurationMs: 0,
      dialects: ["entra"],
      requests: 3,
      command: "scimulate run",
      ...(parts.interrupted !== undefined && { interrupted: parts.interrupted }),
      ...(parts.exitCode !== undefined && { exitCode: parts.exitCode }),
    },
    target: { url: "http://localhost/scim/v2", kind: "embedded", capabilities: [] },
    verdicts: [],
    summary: {
      total: cases.length,
      passed: count("passed"),
      failed: count("failed"),
      warned: count("warned"),
      skipped: count("skipped"),
      errored: count("errored"),
      knownFailures: cases.filter(({ known }) => known === true).length,
    },
    causes: [],
    cases,
    exchanges: [],
    cycles: [],
    provisioningLogs: [],
    ...(parts.baseline !== undefined && { baseline: parts.baseline }),
    leftovers: [],
  }
}
