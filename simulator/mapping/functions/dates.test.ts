import { describe, expect, it } from "vitest"
import { evaluated, type Line } from "../evaluation-context.fixture.ts"

const LINES: readonly Line[] = [
  ["FN-NOW-1 MAP-203", "Now()", {}, "7/30/2025 12:00:00 AM"],
  ["FN-CDATE-1", 'CDate("2020-03-16-07:00")', {}, "3/16/2020 7:00:00 AM"],
  ["FN-CDATE-1", 'CDate("Mon, 15 Jun 2009 20:45:30 GMT")', {}, "6/15/2009 8:45:30 PM"],
  ["FN-CDATE-1", 'CDate("June 15, 2009 1:45 PM")', {}, "6/15/2009 1:45:00 PM"],
  ["FN-CDATE-1", 'CDate("2009-06-15T13:45:30.1234567Z")', {}, "6/15/2009 1:45:30 PM"],
  ["FN-CDATE-2", 'CDate("2021-08-24 13:00")', {}, "8/24/2021 1:00:00 PM"],
  ["FN-DATEADD-1", 'DateAdd("n", 90, CDate("2021-08-24"))', {}, "8/24/2021 1:30:00 AM"],
  ["FN-DATEADD-1", 'DateAdd("s", -1, CDate("2021-01-01"))', {}, "12/31/2020 11:59:59 PM"],
  ["FN-DATEADD-2", 'DateAdd("yyyy", 1, CDate("2024-02-29"))', {}, "2/28/2025 12:00:00 AM"],
  ["FN-DATEADD-2", 'DateAdd("m", -1, CDate("2024-03-31"))', {}, "2/29/2024 12:00:00 AM"],
  ["FN-DATEDIFF-1", 'DateDiff("d", CDate("2021-01-02"), CDate("2021-01-01"))', {}, "-1"],
  ["FN-DATEDIFF-2", 'DateDiff("m", CDate("2020-12-31"), CDate("2021-01-01"))', {}, "1"],
  ["FN-DATEDIFF-2", 'DateDiff("ww", CDate("2021-01-02"), CDate("2021-01-03"))', {}, "1"],
  ["FN-DATEDIFF-2", 'DateDiff("h", CDate("2021-01-01 10:59"), CDate("2021-01-01 9:00"))', {}, "-1"],
  ["FN-DATEDIFF-3", 'DateDiff("d", DateAdd("h", 12, Now()), CDate("2025-07-31"))', {}, "0"],
  ["FN-DATEFROMNUM-1", "DateFromNum(129699324000000000)", {}, "1/1/2012 11:00:00 PM"],
  ["FN-DATEFROMNUM-1", "DateFromNum([x])", {}, null],
  ["FN-NUMFROMDATE-1", 'NumFromDate("2012-01-01 23:00:00Z")', {}, "129699324000000000"],
  ["FN-NUMFROMDATE-1", 'NumFromDate("2012-01-01T16:00:00-07:00")', {}, "129699324000000000"],
  ["FN-NUMFROMDATE-3", 'NumFromDate("2099-12-31T23:59:59-04:00")', {}, "157469327990000000"],
  [
    "FN-FORMATDATETIME-1",
    'FormatDateTime(" 20150123105347.1Z ", , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")',
    {},
    "2015-01-23",
  ],
  ["FN-FORMATDATETIME-1", 'FormatDateTime("2015", "None", "yyyy", "yy")', {}, "15"],
  ["FN-FORMATDATETIME-2", 'FormatDateTime("23.01.2015", "dd.MM.yyyy", "MMM d")', {}, "Jan 23"],
  ["FN-FORMATDATETIME-3", 'FormatDateTime("2020-12-31+08:00", , "yyyy-MM-ddzzz", "yyyy-MM-dd")', {}, "2020-12-30"],
  ["FN-FORMATDATETIME-4", 'FormatDateTime([x], , "yyyy", "yy")', {}, null],
]

describe("date functions", () => {
  it.each(LINES)("%s %s of %o is %o", (_fact, expression, inputs, expected) => {
    expect(evaluated(expression, { inputs })).toEqual(expected)
  })

  it.each([
    ["FN-CDATE-2", "CDate([x])", "InvalidDate"],
    ["FN-CDATE-2", 'CDate("2021-02-30")', "InvalidDate"],
    ["FN-CDATE-2", 'CDate("soon")', "InvalidDate"],
    ["FN-DATEADD-1", 'DateAdd("d", 1, "2021-02-03")', "InvalidDate"],
    ["FN-DATEADD-2", 'DateAdd("q", 1, Now())', "InvalidArgument"],
    ["FN-DATEADD-1", 'DateAdd("yyyy", 9999, Now())', "OutOfRange"],
    ["FN-DATEADD-1", 'DateAdd("d", -999999999, Now())', "OutOfRange"],
    ["FN-DATEDIFF-1", 'DateDiff("d", Now(), "2021-02-03")', "InvalidDate"],
    ["FN-DATEDIFF-2", 'DateDiff("w", Now(), Now())', "InvalidArgument"],
    ["FN-DATEFROMNUM-1", "DateFromNum(9223372036854775807)", "OutOfRange"],
    ["FN-NUMFROMDATE-2 MAP-222", 'NumFromDate("12/31/9999")', "OutOfRange"],
    ["FN-NUMFROMDATE-1", 'NumFromDate("1600-01-01")', "OutOfRange"],
    ["FN-FORMATDATETIME-4", 'FormatDateTime("x", , "yyyy", "yy")', "InvalidDate"],
    ["FN-FORMATDATETIME-5", 'FormatDateTime(Now(), , "yyyy-MM-dd", "yy")', "InvalidDate"],
    ["FN-FORMATDATETIME-1", 'FormatDateTime(" 2015 ", "None", "yyyy", "yy")', "InvalidDate"],
    ["FN-FORMATDATETIME-1", 'FormatDateTime("2015", "Sometimes", "yyyy", "yy")', "InvalidArgument"],
    ["FN-FORMATDATETIME-1", 'FormatDateTime("2015", , "yyyy", "Q")', "InvalidArgument"],
  ])("%s %s fails with %s", (_fact, expression, code) => {
    expect(() => evaluated(expression)).toThrow(expect.objectContaining({ name: "ExpressionEvaluationError", code }))
  })
})
