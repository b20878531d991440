import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseDateTime } from "./date-time.ts"

describe("parseDateTime", () => {
  it.each([
    ["1970-01-01T00:00:00Z", 0],
    ["2024-02-29T23:59:58.123Z", 1_709_251_198_123],
    ["2024-03-01T01:59:59+02:00", 1_709_251_199_000],
    ["2011-05-13T04:42:34", 1_305_261_754_000],
    ["1969-12-31T19:00:00-05:00", 0],
    ["0001-01-01T00:00:00Z", -62_135_596_800_000],
  ])("RFC7643-2.3.5-01 reads %s", (text, instant) => {
    expect(parseDateTime(text)).toBe(instant)
  })

  it.each([
    "2024-03-01",
    "yesterday",
    "2023-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2024-13-01T00:00:00Z",
    "2024-04-31T00:00:00Z",
    "2024-03-01T24:00:00Z",
    "2024-03-01T00:60:00Z",
    "2024-03-01T00:00:00+15:00",
    "2024-03-01 00:00:00Z",
    "2024-03-01T00:00:00z",
    "2024-03-01T00:00:00.Z",
  ])("RFC7643-2.3.5-02 refuses %s", (text) => {
    expect(parseDateTime(text)).toBeUndefined()
  })

  it("agrees with the platform for every instant", () => {
    const years = {
      min: new Date("0000-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    }
    fc.assert(
      fc.property(fc.date(years), (date) => {
        expect(parseDateTime(date.toISOString())).toBe(date.getTime())
      }),
    )
  })
})
