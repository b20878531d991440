import { stripVTControlCharacters } from "node:util"
import { describe, expect, it } from "vitest"
import { caseOf, failedCase, inputOf } from "../../test/fixtures/cases.ts"
import { hostileReport, steering } from "../../test/fixtures/hostile-report.ts"
import { sampleReport } from "../../test/fixtures/sample-report.ts"
import { buildReport } from "../build.ts"
import { renderConsole } from "./render.ts"

const ESCAPE = "\u001B"

it("stays as it was reviewed", async () => {
  await expect(renderConsole(sampleReport)).toMatchFileSnapshot("../../test/fixtures/golden/console.golden")
})

it("puts verdicts before the worst bug, causes before cases, and the outcome last", () => {
  const lines = renderConsole(sampleReport).trimEnd().split("\n")
  const at = (start: string) => lines.findIndex((line) => line.startsWith(start))
  const order = [
    "Verdict",
    "Worst bug",
    "Causes:",
    "✗ ENTRA",
    "! SHOULD",
    "Not tested:",
    "Entra's behaviour",
    "✗ 5 failed",
  ]
  const places = order.map(at)
  expect(places).not.toContain(-1)
  expect(places.toSorted((a, b) => a - b)).toEqual(places)
  expect(lines.slice(-4)).toEqual([
    "✗ 5 failed (1 known)  ‼ 1 errored  ! 2 warned  – 2 skipped  ✓ 23 passed",
    "entra          ✗ not ready",
    "entra-optscim  ✗ not ready",
    "rfc            ✗ not ready",
  ])
})

it("lists passed cases only by number", () => {
  expect(renderConsole(sampleReport)).not.toContain("rfc7644-3.6-delete")
})

it("lists what does not apply apart from what was not tested", () => {
  const lacksSorting = caseOf("sorted", {
    status: "skipped",
    notApplicable: true,
    skipReason: "the endpoint does not advertise sorting",
  })
  const text = renderConsole(buildReport(inputOf([caseOf("good"), lacksSorting])))
  expect(text).not.toContain("Not tested:")
  expect(text).toContain(
    [
      "Does not apply, and takes nothing from a verdict",
      "– 1 case, because the endpoint does not advertise sorting",
      "  sorted",
    ].join("\n"),
  )
})

describe("a failed case", () => {
  it("shows requirement, expected, actual, the exchange, the fix and the commands", () => {
    const text = renderConsole(sampleReport)
    const start = text.indexOf("✗ MUST  rfc7644-3.5.2.2-no-target")
    expect(text.slice(start, text.indexOf("\n\n", start)).split("\n")).toEqual([
      "✗ MUST  rfc7644-3.5.2.2-no-target  RFC 7644 §3.5.2.2  (known)",
      "  A remove without a path answers 400 noTarget",
      "  Failure   A remove without a path is accepted (remove-without-path-accepted)",
      '  Expected  400 with scimType "noTarget"',
      "  Actual    204 No Content",
      '  Request   PATCH /Users/3f0c8a12… {"Operations":[{"op":"remove"}]}',
      "  Answer    204 No Content",
      "  Fix       Reject before applying; Entra treats 204 as success and will not retry.",
      "  Again     scimulate run http://localhost:3000/scim/v2 --token-env TOKEN --seed 7 --case rfc7644-3.5.2.2-no-target",
      "  Explain   scimulate explain rfc7644-3.5.2.2-no-target",
    ])
  })
})

describe("the terminal", () => {
  it.each([80, 100])("gets no line wider than %i, commands apart", (columns) => {
    const wide = renderConsole(sampleReport, { columns })
      .split("\n")
      .filter((line) => line.length > columns && !/^\s*(?:Again|Explain|Remove them with:)/.test(line))
    // A key or a URL cannot be broken.
    expect(wide.filter((line) => !/^(?:[✗!‼] |scimulate 0)/.test(line))).toEqual([])
  })

  it("gets colour only when asked, and the words are the same", () => {
    const plain = renderConsole(sampleReport)
    const coloured = renderConsole(sampleReport, { color: true })
    expect(plain).not.toContain(ESCAPE)
    expect(coloured).toContain(`${ESCAPE}[31m✗ MUST${ESCAPE}[39m`)
    expect(stripVTControlCharacters(coloured)).toBe(plain)
  })

  it("gets ASCII symbols when asked", () => {
    const text = renderConsole(sampleReport, { unicode: false })
    expect(text).toContain("x MUST  rfc7644-3.4.2.2-no-match")
    expect(text).not.toMatch(/[✗✓‼]/)
  })

  it("is never steered by what an endpoint sent", () => {
    const text = renderConsole(hostileReport)
    expect(steering(text)).toEqual([])
    expect(text).toContain("\\u{1b}[2J")
  })
})

it("says that a run was interrupted", () => {
  const input = inputOf([caseOf("a")])
  const text = renderConsole(buildReport({ ...input, run: { ...input.run, interrupted: true } }))
  expect(text).toContain("Interrupted: this report covers only what had run by then.")
})

it("names what the baseline can lose", () => {
  const text = renderConsole(
    buildReport(inputOf([failedCase("a", "x")], { baseline: { new: ["a x"], known: [], fixed: ["b y"] } })),
  )
  expect(text).toContain("Baseline  1 new, 0 known, 1 fixed\n  fixed: b y (shrink the baseline with --update-baseline)")
})

it("is short where all is well", () => {
  const text = renderConsole(buildReport(inputOf([caseOf("a"), caseOf("b")])))
  expect(text.split("\n\n").map((block) => block.split("\n")[0])).toEqual([
    "scimulate 0.1.0  http://localhost/scim/v2 (embedded)",
    "Verdict",
    "Entra's behaviour is modelled on Microsoft's documentation and published captures as of 2026-11-21,",
    "✓ 2 passed",
  ])
})
