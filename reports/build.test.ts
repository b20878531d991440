import { describe, expect, it } from "vitest"
import { caseOf, exchangeOf, failedCase, findingOf, inputOf, notRunOf } from "../test/fixtures/cases.ts"
import { buildReport } from "./build.ts"
import { reportSchema } from "./model.ts"

describe("a report", () => {
  it("is valid by its own model, with everything optional left out", () => {
    const report = buildReport(inputOf([caseOf("a")]))
    expect(reportSchema.parse(report)).toEqual(report)
    expect(Object.keys(report)).not.toContain("baseline")
    expect(Object.keys(report)).not.toContain("notRun")
  })

  it("counts cases by status and known failures among the failed", () => {
    const cases = [
      caseOf("a"),
      failedCase("b", "x"),
      failedCase("c", "x", { known: true }),
      caseOf("d", { status: "warned" }),
      caseOf("e", { status: "skipped" }),
      caseOf("f", { status: "errored" }),
    ]
    expect(buildReport(inputOf(cases)).summary).toEqual({
      total: 6,
      passed: 1,
      failed: 2,
      warned: 1,
      skipped: 1,
      errored: 1,
      knownFailures: 1,
    })
  })

  it("carries what was not run into the verdicts", () => {
    const report = buildReport(inputOf([caseOf("a")], { notRun: [notRunOf("b")] }))
    expect(report.notRun?.map(({ key }) => key)).toEqual(["b"])
    expect(report.verdicts[0]?.outcome).toBe("ready-with-warnings")
  })

  it("ends with what no run can say", () => {
    const { footer } = buildReport(inputOf([]))
    expect(footer).toHaveLength(3)
    expect(footer?.[0]).toContain("as of 2026-11-21, not recorded from a tenant of ours")
    expect(footer?.[1]).toContain("The endpoint's own clock did not move")
    expect(footer?.[2]).toContain("sessions and API keys of disabled people")
  })
})

describe("evidence", () => {
  const many = Array.from({ length: 205 }, (_, index) => exchangeOf(`e${index}`, "a"))
  const named = caseOf("a", { status: "failed", findings: [findingOf("x", { exchanges: ["e203"] })] })

  it("keeps the first 200 exchanges of each case and all that findings name", () => {
    const { exchanges } = buildReport(inputOf([named, caseOf("b")], { exchanges: [...many, exchangeOf("f0", "b")] }))
    expect(exchanges).toHaveLength(202)
    expect(exchanges.slice(-3).map(({ id }) => id)).toEqual(["e199", "e203", "f0"])
  })

  it("cuts bodies at 64 KB between characters, with a note", () => {
    const big = exchangeOf("e", "a", {
      request: { method: "POST", url: "http://localhost/", headers: {}, body: `x${"é".repeat(40_000)}` },
      response: { status: 200, headers: {}, body: "y".repeat(65_536) },
    })
    const [kept] = buildReport(inputOf([caseOf("a")], { exchanges: [big] })).exchanges
    const [body, note] = kept?.request.body?.split("\n") ?? []
    expect(body).toBe(`x${"é".repeat(32_767)}`)
    expect(note).toBe("… cut by scimulate: the first 65536 of 80001 bytes (--evidence all keeps everything)")
    expect(kept?.response?.body).toBe("y".repeat(65_536))
  })

  it("keeps everything when asked to", () => {
    const big = exchangeOf("big", "a", { response: { status: 200, headers: {}, body: "y".repeat(70_000) } })
    const { exchanges } = buildReport(inputOf([named], { exchanges: [...many, big], evidence: "all" }))
    expect(exchanges).toHaveLength(206)
    expect(exchanges.at(-1)?.response?.body).toHaveLength(70_000)
  })
})
