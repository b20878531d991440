import { describe, expect, it } from "vitest"
import { UsageError, EnvironmentError } from "./errors.ts"
import { exitCodeOfError, exitCodeOfReport, toExitCode } from "./exit-code.ts"
import { aCase, aReport } from "../test/cli/a-report.ts"

const nothing = { interrupted: false, untestable: false, errored: false, misused: false, failed: false }

describe("exit codes of design.md, the first that applies", () => {
  it.each([
    [{}, 0],
    [{ failed: true }, 1],
    [{ failed: true, misused: true }, 2],
    [{ failed: true, misused: true, errored: true }, 4],
    [{ failed: true, misused: true, errored: true, untestable: true }, 3],
    [{ failed: true, misused: true, errored: true, untestable: true, interrupted: true }, 130],
    [{ interrupted: true }, 130],
    [{ untestable: true }, 3],
    [{ errored: true }, 4],
    [{ misused: true }, 2],
  ])("%o gives %i", (facts, code) => {
    expect(toExitCode({ ...nothing, ...facts })).toBe(code)
  })
})

describe("exitCodeOfReport", () => {
  it.each([
    ["all passed", aReport({ cases: [aCase({ status: "passed" })] }), 0],
    ["a warning", aReport({ cases: [aCase({ status: "warned" })] }), 0],
    ["a skip", aReport({ cases: [aCase({ status: "skipped" })] }), 0],
    ["a failure", aReport({ cases: [aCase({ status: "failed" })] }), 1],
    ["a known failure", aReport({ cases: [aCase({ status: "failed", known: true })] }), 0],
    [
      "a baseline entry that no longer fails",
      aReport({ cases: [aCase({ status: "passed" })], baseline: { new: [], known: [], fixed: ["a b"] } }),
      1,
    ],
    [
      "an errored case beside a failed one",
      aReport({ cases: [aCase({ status: "failed" }), aCase({ status: "errored" })] }),
      4,
    ],
    ["an interrupted run", aReport({ cases: [aCase({ status: "errored" })], interrupted: true }), 130],
  ])("%s", (_title, report, code) => {
    expect(exitCodeOfReport(report)).toBe(code)
  })

  it("an entry that no longer fails costs nothing in the run that takes it out", () => {
    const report = aReport({ baseline: { new: [], known: [], fixed: ["a b"] } })
    expect(exitCodeOfReport(report, { shrinks: true })).toBe(0)
  })
})

describe("exitCodeOfError", () => {
  it("tells the user's mistake, the surroundings and our own fault apart", () => {
    expect(exitCodeOfError(new UsageError("USAGE_OPTION", "no"))).toBe(2)
    expect(exitCodeOfError(new EnvironmentError("ENV_PORT", "no"))).toBe(3)
    expect(exitCodeOfError(new TypeError("no"))).toBe(4)
    expect(exitCodeOfError("thrown text")).toBe(4)
  })
})
