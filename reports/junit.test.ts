import { describe, expect, it } from "vitest"
import { caseOf, exchangeOf, failedCase, findingOf, inputOf, warnedCase } from "../test/fixtures/cases.ts"
import { hostileReport } from "../test/fixtures/hostile-report.ts"
import { sampleReport } from "../test/fixtures/sample-report.ts"
import { junitProblems, parseXml } from "../test/junit-structure.ts"
import { buildReport } from "./build.ts"
import { renderJunit } from "./junit.ts"
import type { CaseResult } from "./model.ts"

/** The one test case of a report with this case in it. */
function testCaseOf(result: CaseResult, exchanges = [exchangeOf("e1", result.key)]) {
  const xml = renderJunit(buildReport(inputOf([result], { exchanges })))
  expect(junitProblems(xml)).toEqual([])
  const found = parseXml(xml).children[0]?.children[1]
  if (found === undefined) throw new Error("no test case")
  return found
}

describe("the document", () => {
  it.each([
    ["a realistic report", sampleReport],
    ["a hostile one", hostileReport],
    ["an empty one", buildReport(inputOf([]))],
  ])("of %s is what strict readers ask for", (_, report) => {
    expect(junitProblems(renderJunit(report))).toEqual([])
  })

  it("stays as it was reviewed", async () => {
    await expect(renderJunit(sampleReport)).toMatchFileSnapshot("../test/fixtures/golden/junit.golden")
  })

  it("has a suite for each suite, with verdicts and limits as properties", () => {
    const root = parseXml(renderJunit(sampleReport))
    expect(root.children.map(({ attributes }) => attributes.get("name"))).toEqual([
      "scim.entra",
      "scim.lifecycle",
      "scim.rfc",
    ])
    const properties = root.children[0]?.children[0]?.children.map(({ attributes }) => attributes.get("name"))
    expect(properties).toEqual([
      "target",
      "run",
      "seed",
      "command",
      "version",
      "verdict.entra",
      "verdict.entra-optscim",
      "verdict.rfc",
      "limit.1",
      "limit.2",
      "limit.3",
    ])
  })
})

describe("a test case", () => {
  it("is named by area, level, title and key, and takes seconds", () => {
    const { attributes } = testCaseOf(caseOf("rfc7644-3.3-location", { title: "POST answers 201", durationMs: 1234 }))
    expect(Object.fromEntries(attributes)).toEqual({
      classname: "scim.create",
      name: "MUST POST answers 201 [rfc7644-3.3-location]",
      time: "1.234",
    })
  })

  it("that failed joins its findings in one element with requirement, evidence and command", () => {
    const finding = findingOf("code-a", { exchanges: ["e1"] })
    const result = failedCase("a", "code-a", { findings: [finding, findingOf("code-b", { confidence: "observed" })] })
    const [failure, ...others] = testCaseOf(result).children
    expect(others).toEqual([])
    expect(Object.fromEntries(failure?.attributes ?? [])).toEqual({
      message: "Message of code-a. (and 1 more)",
      type: "code-a",
    })
    expect(failure?.text).toBe(
      [
        "failure: Message of code-a. [code-a]",
        "Expected: right",
        "Actual:   wrong",
        "Request:  GET /Users",
        "Answer:   200 OK",
        "Fix:      Advice of code-a.",
        "",
        "failure: Message of code-b. [code-b]",
        "Expected: right",
        "Actual:   wrong",
        "Fix:      Advice of code-b.",
        "Basis:    observed, not documented",
        "",
        "Requirement: RFC 7644 §3.3 https://www.rfc-editor.org/rfc/rfc7644#section-3.3",
        "Repeat: scimulate run --case a",
      ].join("\n"),
    )
  })

  it("that errored is our fault, with the stack", () => {
    const [error] = testCaseOf(caseOf("a", { status: "errored", error: "TypeError: x\n    at y" })).children
    expect([error?.name, error?.attributes.get("message"), error?.text]).toEqual([
      "error",
      "scimulate failed here, not the endpoint: TypeError: x",
      "TypeError: x\n    at y",
    ])
  })

  it("that was skipped says why", () => {
    const [skipped] = testCaseOf(caseOf("a", { status: "skipped", skipReason: "no sort" })).children
    expect([skipped?.name, skipped?.attributes.get("message")]).toEqual(["skipped", "no sort"])
  })

  it("that fails as the baseline knows is skipped, so that the build does not break", () => {
    const [skipped] = testCaseOf(failedCase("a", "x", { known: true })).children
    expect([skipped?.name, skipped?.attributes.get("message")]).toEqual([
      "skipped",
      "known failure, in the baseline: Message of x.",
    ])
  })

  it("that warned passes, and says what it saw in system-out", () => {
    const [out, ...others] = testCaseOf(warnedCase("a", "media-type")).children
    expect([out?.name, others.length]).toEqual(["system-out", 0])
    expect(out?.text).toContain("warning: Message of media-type. [media-type]")
  })

  it("that passed without a note is empty", () => {
    expect(testCaseOf(caseOf("a")).children).toEqual([])
  })

  it("keeps emoji and right-to-left text, and drops what XML forbids", () => {
    const { attributes } = testCaseOf(caseOf("a", { title: "a\u0000b\u001B\uD800\uFFFE 👩‍💻 שלום\nnext" }))
    expect(attributes.get("name")).toBe("MUST ab 👩‍💻 שלום next [a]")
  })
})
