import * as fc from "fast-check"
import { describe, expect, it } from "vitest"

import { toRfc3339 } from "./time.ts"

describe("toRfc3339", () => {
  it.each([
    [0, "1970-01-01T00:00:00.000Z"],
    [1_772_438_400_250, "2026-03-02T08:00:00.250Z"],
    [1_772_495_999_999, "2026-03-02T23:59:59.999Z"],
    [1_772_496_000_000, "2026-03-03T00:00:00.000Z"],
    [-1, "1969-12-31T23:59:59.999Z"],
    [951_782_400_000, "2000-02-29T00:00:00.000Z"],
    [253_402_300_800_000, "+010000-01-01T00:00:00.000Z"],
  ])("writes %d as %s", (instantMs, text) => {
    expect(toRfc3339(instantMs)).toBe(text)
    // Asked again, and after another one.
    expect(toRfc3339(instantMs)).toBe(text)
  })

  it("writes every instant as Date does", () => {
    fc.assert(
      fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (instantMs) => {
        expect(toRfc3339(instantMs)).toBe(new Date(instantMs).toISOString())
      }),
    )
  })

  it("refuses what is no instant", () => {
    expect(() => toRfc3339(Number.NaN)).toThrow(RangeError)
  })
})
