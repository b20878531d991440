import { describe, expect, it } from "vitest"
import { ticksOfInstant } from "./calendar.ts"
import { formatDate } from "./date-format.ts"
import { DEFAULT_STYLES, parseDateExact } from "./date-parse.ts"
import { fromTravelText, parseDateText, toTravelText } from "./date-text.ts"

const AFTERNOON = ticksOfInstant(Date.UTC(2015, 0, 3, 15, 4, 5, 60))
const MORNING = ticksOfInstant(Date.UTC(2015, 10, 23, 0, 4, 5))
const TODAY = ticksOfInstant(Date.UTC(2025, 6, 30, 9))

function iso(text: string): bigint {
  return ticksOfInstant(Date.parse(text))
}

describe("FN-FORMATDATETIME-1 custom formats as .NET writes them", () => {
  it.each([
    ["yyyy-MM-dd HH:mm:ss", "2015-01-03 15:04:05"],
    ["M/d/yyyy h:mm:ss tt", "1/3/2015 3:04:05 PM"],
    ["dddd, d MMMM yy", "Saturday, 3 January 15"],
    ["ddd MMM %d t", "Sat Jan 3 P"],
    ["ss.fff ss.FFF ss.F", "05.060 05.06 05"],
    ["yyyyy y H h m s", "02015 15 15 3 4 5"],
    ["'day' d \"of\" M \\d\\\\", "day 3 of 1 d\\"],
    ["zzz zz z K", "+00:00 +00 +0 Z"],
    ["gg", "A.D."],
    ["d", "01/03/2015"],
    ["s", "2015-01-03T15:04:05"],
    ["o", "2015-01-03T15:04:05.0600000Z"],
    ["R", "Sat, 03 Jan 2015 15:04:05 GMT"],
  ])("%s", (format, text) => {
    expect(formatDate(AFTERNOON, format)).toBe(text)
  })

  it("midnight is twelve in the morning", () => {
    expect(formatDate(MORNING, "h tt")).toBe("12 AM")
  })

  it.each(["", "q", "yyyy 'open", "ffffffff", "%"])("%j is no format", (format) => {
    expect(() => formatDate(AFTERNOON, format)).toThrow(expect.objectContaining({ name: "DateFormatError" }))
  })
})

describe("FN-FORMATDATETIME-1 dates read by a format", () => {
  it.each([
    ["2015-01-03", "yyyy-MM-dd", "2015-01-03T00:00:00Z"],
    ["3-1-15", "d-M-yy", "2015-01-03T00:00:00Z"],
    ["03011950", "ddMMyyyy", "1950-01-03T00:00:00Z"],
    ["3.1.50", "d.M.yy", "1950-01-03T00:00:00Z"],
    ["12:30 am 2015", "h:mm tt yyyy", "2015-01-01T00:30:00Z"],
    ["12:30 P 2015", "h:mm t yyyy", "2015-01-01T12:30:00Z"],
    ["jan 3 2015", "MMM d yyyy", "2015-01-03T00:00:00Z"],
    ["Saturday 3 JANUARY 2015", "dddd d MMMM yyyy", "2015-01-03T00:00:00Z"],
    ["2015-01-03T01:00:00+0530", "yyyy-MM-ddTHH:mm:sszzz", "2015-01-02T19:30:00Z"],
    ["2015-01-03 01 -7", "yyyy-MM-dd HH z", "2015-01-03T08:00:00Z"],
    ["2015-01-03Z", "yyyy-MM-ddK", "2015-01-03T00:00:00Z"],
    ["2015-01-03", "yyyy-MM-ddK", "2015-01-03T00:00:00Z"],
    ["05", "ss.FFF", "2025-07-30T00:00:05Z"],
    ["05.25", "ss.FFF", "2025-07-30T00:00:05.250Z"],
    ["10:00", "HH:mm", "2025-07-30T10:00:00Z"],
    ["3 1", "d M", "2025-01-03T00:00:00Z"],
    ["  2015 ", "yyyy", "2015-01-01T00:00:00Z"],
  ])("%s by %s", (text, format, expected) => {
    expect(parseDateExact(text, format, TODAY)).toBe(iso(expected))
  })

  it.each([
    ["2015-1-3", "yyyy-MM-dd"],
    ["2015-13-01", "yyyy-MM-dd"],
    ["2015-01-03x", "yyyy-MM-dd"],
    ["13 PM", "h tt"],
    ["Sunday 3 January 2015", "dddd d MMMM yyyy"],
    ["15", "yyyy"],
    ["05:1", "ss.FFF"],
    ["1 .5", "s.f"],
  ])("%s does not fit %s", (text, format) => {
    expect(parseDateExact(text, format, TODAY)).toBeNull()
  })

  it("styles move where blanks are forgiven and what a bare time belongs to", () => {
    const inner = { ...DEFAULT_STYLES, innerWhite: true }
    expect(parseDateExact("2015 - 01-03", "yyyy-MM-dd", TODAY, inner)).toBe(iso("2015-01-03T00:00:00Z"))
    expect(parseDateExact("201501", "yyyy MM", TODAY, inner)).toBe(iso("2015-01-01T00:00:00Z"))
    const strict = { ...DEFAULT_STYLES, leadingWhite: false, trailingWhite: false }
    expect(parseDateExact(" 2015", "yyyy", TODAY, strict)).toBeNull()
    expect(parseDateExact("2015 ", "yyyy", TODAY, strict)).toBeNull()
    const noDate = { ...DEFAULT_STYLES, noCurrentDate: true }
    expect(parseDateExact("10:00", "HH:mm", TODAY, noDate)).toBe(iso("0001-01-01T10:00:00Z"))
  })
})

describe("FN-CDATE-1 date text without a format", () => {
  it.each([
    ["2020-03-16-07:00", "2020-03-16T07:00:00Z"],
    ["2020/3/6", "2020-03-06T00:00:00Z"],
    ["2009-06-15T01:45:30.25-07:00", "2009-06-15T08:45:30.250Z"],
    ["2009-06-15 01:45Z", "2009-06-15T01:45:00Z"],
    ["8/25/2021 5:41:18 PM", "2021-08-25T17:41:18Z"],
    ["8-25-2021 12:00 am", "2021-08-25T00:00:00Z"],
    ["15 Jun 2009", "2009-06-15T00:00:00Z"],
    ["15-Jun-2009 10:00", "2009-06-15T10:00:00Z"],
    ["Mon, 15 Jun 2009 20:45:30 GMT", "2009-06-15T20:45:30Z"],
    ["June 15, 2009", "2009-06-15T00:00:00Z"],
    [" Jun 15 2009 1:00 PM +02:00 ", "2009-06-15T11:00:00Z"],
  ])("%s", (text, expected) => {
    expect(parseDateText(text)).toBe(iso(expected))
  })

  it.each([
    "",
    "2020",
    "20200316",
    "25/08/2021",
    "2021-02-29",
    "2020-03-16T25:00",
    "8/25/2021 13:00 PM",
    "9999-12-31T23:00-07:00",
  ])("%j is no date", (text) => {
    expect(parseDateText(text)).toBeNull()
  })
})

describe("MAP-203 dates between functions", () => {
  it("are text in UTC that reads back to the second", () => {
    expect(toTravelText(MORNING)).toBe("11/23/2015 12:04:05 AM")
    expect(fromTravelText("11/23/2015 12:04:05 AM")).toBe(MORNING)
    expect(fromTravelText("2015-11-23")).toBeNull()
  })
})
