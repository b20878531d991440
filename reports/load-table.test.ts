import { describe, expect, it } from "vitest"
import { latency, sparkline } from "./load-table.ts"

it.each([
  [0.84, "0.8 ms"],
  [9.96, "10.0 ms"],
  [12.4, "12 ms"],
  [1204, "1,204 ms"],
])("%f is told as %s", (ms, text) => {
  expect(latency(ms)).toBe(text)
})

describe("a sparkline", () => {
  it("has its highest bar at the highest value, and a gap where there is none", () => {
    expect(sparkline([1, null, 8, 4], 10, true)).toBe("▁ █▄")
  })

  it("joins neighbours where there is not room for all, and keeps the peak", () => {
    expect(sparkline([1, 1, 1, 8, null, null], 3, true)).toBe("▁█ ")
  })

  it("of nothing is nothing, and of zeros is flat", () => {
    expect(sparkline([], 10, true)).toBe("")
    expect(sparkline([0, 0], 10, true)).toBe("▁▁")
  })
})
