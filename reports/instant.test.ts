import * as fc from "fast-check"
import { expect, it } from "vitest"
import { parseInstant } from "./instant.ts"

it.each([
  ["1970-01-01T00:00:00Z", 0],
  ["2000-02-29T12:00:00.5Z", 951_825_600_500],
  ["2026-11-21T10:16:03.250Z", 1_795_256_163_250],
  ["2026-11-21T11:16:03.250+01:00", 1_795_256_163_250],
  ["2026-11-21T04:46:03.250-05:30", 1_795_256_163_250],
  ["1969-12-31T23:59:59.999Z", -1],
])("%s is %i ms after the epoch", (text, ms) => {
  expect(parseInstant(text)).toBe(ms)
})

it.each(["", "2026-11-21", "2026-11-21T10:16:03", "now", "2026-11-21T10:16Z"])("%j is no instant", (text) => {
  expect(parseInstant(text)).toBeUndefined()
})

it("agrees with the platform on every date", () => {
  const dates = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59Z"),
    noInvalidDate: true,
  })
  fc.assert(fc.property(dates, (date) => parseInstant(date.toISOString()) === date.getTime()))
})
