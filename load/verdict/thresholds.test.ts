import { describe, expect, it } from "vitest"
import { UsageError } from "../../protocol/index.ts"
import { DEFAULT_THRESHOLDS, parseThresholds } from "./thresholds.ts"

describe("thresholds", () => {
  it("ENG-PERF-04: ask 25 requests a second, no error, and a second of patience, unless told otherwise", () => {
    expect(DEFAULT_THRESHOLDS.requestsPerSecond).toBe(25)
    expect(DEFAULT_THRESHOLDS.limitsOf("create-user")).toEqual({ p95Ms: 1000, errorShare: 0, throttledShare: 0.05 })
    expect(DEFAULT_THRESHOLDS.isGiven("create-user", "p95Ms")).toBe(false)
  })

  it("of a step win over those of all, and those over the defaults", () => {
    const thresholds = parseThresholds(
      '{"requestsPerSecond":10,"all":{"p95Ms":500,"throttledShare":0},"steps":{"add-member":{"p95Ms":200}}}',
      "limits.json",
    )
    expect(thresholds.requestsPerSecond).toBe(10)
    expect(thresholds.limitsOf("add-member")).toEqual({ p95Ms: 200, errorShare: 0, throttledShare: 0 })
    expect(thresholds.limitsOf("read-user")).toEqual({ p95Ms: 500, errorShare: 0, throttledShare: 0 })
    expect(thresholds.isGiven("read-user", "p95Ms")).toBe(true)
    expect(thresholds.isGiven("read-user", "errorShare")).toBe(false)
  })

  it.each([
    ["{", /^--thresholds: limits\.json: it is not JSON/],
    ['{"requestsPerSecond":-1}', /^--thresholds: limits\.json: requestsPerSecond: /],
    ['{"all":{"errorShare":2}}', /^--thresholds: limits\.json: all\.errorShare: /],
    ['{"steps":{"ad-member":{"p95Ms":1}}}', /did you mean "add-member"\?$/],
    ['{"all":{"p95ms":1}}', /all: nothing is called "p95ms"; did you mean "p95Ms"\?$/],
    ["[]", /^--thresholds: limits\.json: /],
  ])("refuse %s in one sentence", (text, message) => {
    expect(() => parseThresholds(text, "limits.json")).toThrow(UsageError)
    expect(() => parseThresholds(text, "limits.json")).toThrow(message)
  })
})
