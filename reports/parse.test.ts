import { describe, expect, it } from "vitest"
import { sampleReport } from "../test/fixtures/sample-report.ts"
import { renderJson } from "./json.ts"
import { parseReport, ReportParseError } from "./parse.ts"

describe("reading a stored report", () => {
  it("gives back what was written", () => {
    expect(parseReport(renderJson(sampleReport))).toEqual(sampleReport)
  })

  it.each([
    ["{", /^not JSON \(.+\)\. Write a report with --reporter json=FILE$/],
    ["[]", /^not a scimulate report: it has no "version"/],
    ["null", /^not a scimulate report/],
    [`{"version": 2}`, "a report of version 2; this scimulate reads version 1. Use the scimulate that wrote it"],
  ])("refuses %s and says what to do", (text, message) => {
    expect(() => parseReport(text)).toThrow(ReportParseError)
    expect(() => parseReport(text)).toThrow(message)
  })

  it("names the place of what is damaged", () => {
    const [first, ...others] = sampleReport.cases
    const damaged = { ...sampleReport, cases: [{ ...first, status: "great" }, ...others] }
    expect(() => parseReport(JSON.stringify(damaged))).toThrow(/^a damaged report: cases\[0\]\.status: /)
  })

  it("lists at most three faults", () => {
    expect(() => parseReport(`{"version":1}`)).toThrow(
      /^a damaged report: tool: [^;]+; machine: [^;]+; run: [^;]+; and \d+ more$/,
    )
  })
})
