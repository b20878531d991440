import { describe, expect, it } from "vitest"
import { aCase, aFinding } from "../test/cli/a-report.ts"
import {
  baselineSchema,
  compareWithBaseline,
  createBaseline,
  renderBaseline,
  shrinkBaseline,
  type Baseline,
} from "./baseline.ts"

function baselineOf(...names: readonly (readonly [key: string, code: string])[]): Baseline {
  return { version: 1, entries: names.map(([key, code]) => ({ key, code, reason: "agreed", issue: "#7" })) }
}

const failing = aCase({ key: "a", status: "failed", findings: [aFinding({ code: "x" })] })

describe("compareWithBaseline", () => {
  it("marks a failed case as known when every failing finding is an entry", () => {
    const { cases, baseline } = compareWithBaseline([failing], baselineOf(["a", "x"]))
    expect(cases[0]?.known).toBe(true)
    expect(baseline).toEqual({ new: [], known: ["a x"], fixed: [] })
  })

  it("a second fault in a known case is new, and the case fails again", () => {
    const both = aCase({ key: "a", status: "failed", findings: [aFinding({ code: "x" }), aFinding({ code: "y" })] })
    const { cases, baseline } = compareWithBaseline([both], baselineOf(["a", "x"]))
    expect(cases[0]?.known).toBeUndefined()
    expect(baseline).toEqual({ new: ["a y"], known: ["a x"], fixed: [] })
  })

  it("the same code in another case is another entry", () => {
    expect(compareWithBaseline([failing], baselineOf(["b", "x"])).baseline.new).toEqual(["a x"])
  })

  it("names an entry that ran and no longer fails as fixed", () => {
    const { baseline } = compareWithBaseline([aCase({ key: "a", status: "passed" })], baselineOf(["a", "x"]))
    expect(baseline.fixed).toEqual(["a x"])
  })

  it.each(["skipped", "errored"] as const)("leaves the entry of a case that was %s alone", (status) => {
    const { baseline } = compareWithBaseline([aCase({ key: "a", status })], baselineOf(["a", "x"], ["elsewhere", "x"]))
    expect(baseline.fixed).toEqual([])
  })

  it("a finding that only warns keeps its entry, and needs none", () => {
    const warned = aCase({ key: "a", status: "warned", findings: [aFinding({ code: "x", severity: "warning" })] })
    expect(compareWithBaseline([warned], baselineOf(["a", "x"])).baseline).toEqual({ new: [], known: [], fixed: [] })
    expect(compareWithBaseline([warned], baselineOf()).baseline.new).toEqual([])
  })
})

describe("shrinkBaseline", () => {
  it("takes out what is fixed and adds nothing", () => {
    const cases = [aCase({ key: "gone", status: "passed" }), failing]
    expect(shrinkBaseline(baselineOf(["gone", "x"], ["elsewhere", "y"]), cases)).toEqual(baselineOf(["elsewhere", "y"]))
  })
})

describe("createBaseline", () => {
  it("holds each failing finding once, without a reason yet, and can be read back", () => {
    const twice = aCase({ key: "a", status: "failed", findings: [aFinding({ code: "x" }), aFinding({ code: "x" })] })
    const first = createBaseline([
      twice,
      aCase({ key: "b", status: "warned", findings: [aFinding({ severity: "warning" })] }),
    ])
    expect(first).toEqual({ version: 1, entries: [{ key: "a", code: "x", reason: "", issue: "" }] })
    expect(baselineSchema.parse(JSON.parse(renderBaseline(first)))).toEqual(first)
  })
})
