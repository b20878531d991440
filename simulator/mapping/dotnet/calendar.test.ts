import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  addMonths,
  dayOfWeek,
  fieldsOf,
  fromFileTime,
  isWithinCalendar,
  ticksOf,
  ticksOfInstant,
  toFileTime,
} from "./calendar.ts"

/** Year 1 to 9999 in epoch milliseconds. */
const INSTANT = fc.integer({ min: Date.UTC(1, 0, 1) - 1900 * 366 * 86_400_000, max: 253_402_300_799_999 })

describe("calendar", () => {
  it("takes instants apart as JavaScript's own calendar does", () => {
    fc.assert(
      fc.property(INSTANT, (instantMs) => {
        const date = new Date(instantMs)
        const ticks = ticksOfInstant(instantMs)
        fc.pre(isWithinCalendar(ticks))
        const fields = fieldsOf(ticks)
        expect(fields).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          hour: date.getUTCHours(),
          minute: date.getUTCMinutes(),
          second: date.getUTCSeconds(),
          fraction: date.getUTCMilliseconds() * 10_000,
        })
        expect(ticksOf(fields)).toBe(ticks)
        expect(dayOfWeek(ticks)).toBe(date.getUTCDay())
      }),
    )
  })

  it.each([
    [2024, 12, 31],
    [2000, 2, 29],
    [1, 1, 1],
    [9999, 12, 31],
    [1600, 12, 31],
  ])("keeps the edges of leap cycles: %i-%i-%i", (year, month, day) => {
    const ticks = ticksOf({ year, month, day, hour: 23, minute: 59, second: 59, fraction: 9_999_999 }) ?? -1n
    expect(fieldsOf(ticks)).toMatchObject({ year, month, day, hour: 23, fraction: 9_999_999 })
  })

  it.each([
    { month: 13 },
    { month: 0 },
    { day: 30 },
    { day: 0 },
    { hour: 24 },
    { minute: 60 },
    { second: 60 },
    { year: 0 },
    { year: 10_000 },
  ])("knows no moment with %o in February 2024", (wrong) => {
    const fields = { year: 2024, month: 2, day: 1, hour: 0, minute: 0, second: 0, fraction: 0 }
    expect(ticksOf({ ...fields, ...wrong })).toBeNull()
  })

  it("FN-DATEFROMNUM-1 a FILETIME counts 100 ns from 1601", () => {
    expect(toFileTime(ticksOfInstant(Date.UTC(2012, 0, 1, 23)))).toBe(129_699_324_000_000_000n)
    expect(fromFileTime(129_699_324_000_000_000n)).toBe(ticksOfInstant(Date.UTC(2012, 0, 1, 23)))
  })

  it("FN-DATEADD-2 months clamp to the last day and stay in the calendar", () => {
    const january = ticksOfInstant(Date.UTC(2023, 0, 31, 12))
    expect(addMonths(january, 1)).toBe(ticksOfInstant(Date.UTC(2023, 1, 28, 12)))
    expect(addMonths(january, -11)).toBe(ticksOfInstant(Date.UTC(2022, 1, 28, 12)))
    expect(addMonths(january, 12 * 8000)).toBeNull()
  })
})
