import { describe, expect, it } from "vitest"
import { caseOf, exchangeOf, failedCase, findingOf, inputOf, warnedCase } from "../test/fixtures/cases.ts"
import { buildReport } from "./build.ts"
import { causeReach, causesHeadline, causesOf } from "./causes.ts"
import { worstBugOf } from "./worst-bug.ts"

describe("causes", () => {
  it("group findings by code, failures first, then by number of cases, then in order of appearance", () => {
    const cases = [
      warnedCase("w1", "polite"),
      warnedCase("w2", "polite"),
      warnedCase("w3", "polite"),
      failedCase("f1", "once"),
      failedCase("f2", "twice"),
      failedCase("f3", "twice"),
      failedCase("f4", "once-too"),
    ]
    expect(causesOf(cases).map(({ code, severity, cases: keys }) => [code, severity, keys])).toEqual([
      ["twice", "failure", ["f2", "f3"]],
      ["once", "failure", ["f1"]],
      ["once-too", "failure", ["f4"]],
      ["polite", "warning", ["w1", "w2", "w3"]],
    ])
  })

  it("put what hurts Entra before what more cases show but only other clients notice", () => {
    const cases = [
      failedCase("r1", "rfc-only", { clients: ["rfc"] }),
      failedCase("r2", "rfc-only", { clients: ["rfc"] }),
      failedCase("e1", "entra-too", { clients: ["entra", "entra-optscim", "rfc"] }),
      warnedCase("w1", "entra-warns", { clients: ["entra"] }),
    ]
    expect(causesOf(cases).map(({ code }) => code)).toEqual(["entra-too", "rfc-only", "entra-warns"])
  })

  it("take a headline for their title, where a finding has one", () => {
    const finding = findingOf("plain", { headline: "One sentence", message: "GET /Users answered 500" })
    const cases = [caseOf("a", { status: "failed", findings: [finding] })]
    expect(causesOf(cases).map(({ title }) => title)).toEqual(["One sentence"])
  })

  it("take title, fix and first case from the worst finding of that code", () => {
    const cases = [
      warnedCase("mild", "same"),
      caseOf("bad", {
        status: "failed",
        findings: [findingOf("same", { message: "All is lost", advice: "Save it" })],
      }),
    ]
    expect(causesOf(cases)).toEqual([
      { code: "same", title: "All is lost", fix: "Save it", cases: ["bad", "mild"], severity: "failure" },
    ])
  })

  it("count a case once, however often it shows the fault", () => {
    const twice = failedCase("a", "same", { findings: [findingOf("same"), findingOf("same")] })
    expect(causesOf([twice]).map(({ cases }) => cases)).toEqual([["a"]])
  })

  it("leave notes out: they change no verdict", () => {
    expect(causesOf([caseOf("a", { findings: [findingOf("curious", { severity: "note" })] })])).toEqual([])
  })
})

describe("the headline", () => {
  const failures = (count: number, code: string) =>
    Array.from({ length: count }, (_, index) => failedCase(`${code}-${index}`, code))

  it.each([
    [failures(19, "one"), "1 cause explains 19 failures"],
    [
      [...failures(2, "one"), ...failures(1, "two"), warnedCase("w", "three")],
      "3 causes explain 3 failures and 1 warning",
    ],
    [[warnedCase("w", "one")], "1 cause explains 1 warning"],
    [[caseOf("fine")], ""],
  ])("counts what the causes explain (%#)", (cases, expected) => {
    expect(causesHeadline(causesOf(cases), cases)).toBe(expected)
  })

  it("says what one cause reaches", () => {
    const cases = [...failures(2, "one"), failedCase("other", "two")]
    expect(causesOf(cases).map((cause) => causeReach(cause, cases))).toEqual(["2 failures", "1 failure"])
  })
})

describe("the worst bug", () => {
  it("comes with the case, the finding and the request that show it", () => {
    const bad = failedCase("bad", "filter-ignored", { findings: [findingOf("filter-ignored", { exchanges: ["e2"] })] })
    const report = buildReport(
      inputOf([warnedCase("w", "polite"), bad], { exchanges: [exchangeOf("e1", "bad"), exchangeOf("e2", "bad")] }),
    )
    const worst = worstBugOf(report)
    expect([worst?.cause.code, worst?.result.key, worst?.finding.message, worst?.exchange?.id]).toEqual([
      "filter-ignored",
      "bad",
      "Message of filter-ignored.",
      "e2",
    ])
  })

  it("is absent where nothing is wrong", () => {
    expect(worstBugOf(buildReport(inputOf([caseOf("fine")])))).toBeUndefined()
  })
})
