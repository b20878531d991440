import { describe, expect, it } from "vitest"
import { caseOf, findingOf } from "../test/fixtures/cases.ts"
import { isRequired, severityOf, sortFindings, statusOf } from "./status.ts"

const levels = {
  must: { source: "rfc", ref: "7644 §3.3", level: "must" },
  should: { source: "rfc", ref: "7644 §3.3", level: "should" },
  may: { source: "rfc", ref: "7644 §3.3", level: "may" },
  entra: { source: "entra", ref: "Provisioning service", level: "entra" },
  seed: { source: "seed", ref: "004", level: "entra" },
} as const

describe("severity of a finding", () => {
  it.each([
    ["must", "documented", undefined, "failure"],
    ["must", "inferred", undefined, "failure"],
    ["should", "documented", undefined, "warning"],
    ["may", "documented", undefined, "note"],
    ["entra", "documented", undefined, "failure"],
    ["entra", "observed", undefined, "failure"],
    ["entra", "inferred", undefined, "warning"],
    ["seed", "inferred", undefined, "warning"],
    ["entra", "inferred", "failure", "warning"],
    ["entra", "inferred", "note", "note"],
    ["must", "documented", "warning", "warning"],
    ["may", "documented", "failure", "failure"],
  ] as const)("a broken %s on a %s fact, said to be %s, is a %s", (level, confidence, severity, expected) => {
    const finding = findingOf("x", { confidence, ...(severity && { severity }) })
    expect(severityOf(finding, levels[level])).toBe(expected)
  })
})

describe("status of a case", () => {
  it.each([
    [[], "passed"],
    [["note"], "passed"],
    [["note", "warning"], "warned"],
    [["warning", "failure", "note"], "failed"],
  ] as const)("with findings %j it %s", (severities, expected) => {
    const findings = severities.map((severity) => findingOf("x", { severity }))
    expect(statusOf(findings, levels.must)).toBe(expected)
  })
})

it("sorts findings worst first and keeps notes apart", () => {
  const result = caseOf("a", {
    findings: [
      findingOf("note", { severity: "note" }),
      findingOf("warning", { severity: "warning" }),
      findingOf("failure"),
    ],
  })
  const { counted, notes } = sortFindings(result)
  expect(counted.map(({ code }) => code)).toEqual(["failure", "warning"])
  expect(notes.map(({ code }) => code)).toEqual(["note"])
})

it.each([
  ["must", true],
  ["entra", true],
  ["should", false],
  ["may", false],
] as const)("a %s case is required: %s", (level, expected) => {
  expect(isRequired(levels[level])).toBe(expected)
})
