/** Functions over dates. Between functions a date is text in UTC, `M/d/yyyy h:mm:ss tt` (MAP-203, documented). */
import {
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
  addMonths,
  dayOfWeek,
  fieldsOf,
  fromFileTime,
  isWithinCalendar,
  ticksOfInstant,
  toFileTime,
  type Ticks,
} from "../dotnet/calendar.ts"
import { DateFormatError, formatDate } from "../dotnet/date-format.ts"
import { DEFAULT_STYLES, parseDateExact, type ParseStyles } from "../dotnet/date-parse.ts"
import { fromTravelText, parseDateText, toTravelText } from "../dotnet/date-text.ts"
import { ExpressionEvaluationError } from "../expression/errors.ts"
import { one, type Arguments, type EvaluationContext, type FunctionDefinition } from "./definition.ts"
import { requiredInteger, toWholeNumber } from "./numbers.ts"

/** Intervals of a fixed length, in ticks; `n` is the minute (FN-DATEADD-1, documented). */
const FIXED_INTERVALS: ReadonlyMap<string, bigint> = new Map([
  ["d", TICKS_PER_DAY],
  ["ww", 7n * TICKS_PER_DAY],
  ["h", TICKS_PER_HOUR],
  ["n", TICKS_PER_MINUTE],
  ["s", TICKS_PER_SECOND],
])
/** Intervals that count calendar months. */
const MONTH_INTERVALS: ReadonlyMap<string, number> = new Map([
  ["yyyy", 12],
  ["m", 1],
])

/** FN-CDATE-1, -2: no date, or no value, is an error. */
function toDate(args: Arguments): string {
  return toTravelText(recognised(args))
}

function recognised(args: Arguments): Ticks {
  const text = args.text(0)
  const ticks = text === null ? null : parseDateText(text)
  if (ticks !== null) return ticks
  throw invalidDate(args, text === null ? "the source has no value" : `${JSON.stringify(text)} is not a date`)
}

/** FN-DATEADD-1: the date must have gone through CDate, Now or another date function. */
function travelDate(args: Arguments, index: number): Ticks {
  const text = args.text(index)
  const ticks = text === null ? null : fromTravelText(text)
  if (ticks !== null) return ticks
  throw invalidDate(args, `${text === null ? "no value" : JSON.stringify(text)} is not a date in UTC; wrap it in CDate`)
}

function dateAdd(args: Arguments): string {
  const interval = args.text(0) ?? ""
  const count = requiredInteger(args, 1)
  const date = travelDate(args, 2)
  const months = MONTH_INTERVALS.get(interval)
  const moved =
    months === undefined ? date + BigInt(count) * fixedLength(interval, args) : addMonths(date, count * months)
  if (moved !== null && isWithinCalendar(moved)) return toTravelText(moved)
  throw new ExpressionEvaluationError("OutOfRange", args.name, "the result lies outside the years 1 to 9999")
}

/** FN-DATEDIFF-1 to -3: date2 minus date1, by the rules of Visual Basic's DateDiff. */
function dateDiff(args: Arguments): string {
  const interval = args.text(0) ?? ""
  const [from, to] = [travelDate(args, 1), travelDate(args, 2)]
  if (MONTH_INTERVALS.has(interval)) return String(fieldDifference(from, to, interval))
  if (interval === "ww") return String((sundayOf(to) - sundayOf(from)) / TICKS_PER_DAY / 7n)
  return String((to - from) / fixedLength(interval, args))
}

function fieldDifference(from: Ticks, to: Ticks, interval: string): number {
  const [first, second] = [fieldsOf(from), fieldsOf(to)]
  const years = second.year - first.year
  return interval === "yyyy" ? years : years * 12 + second.month - first.month
}

/** The same time on the Sunday on or before. */
function sundayOf(date: Ticks): Ticks {
  return date - BigInt(dayOfWeek(date)) * TICKS_PER_DAY
}

function fixedLength(interval: string, args: Arguments): bigint {
  const length = FIXED_INTERVALS.get(interval)
  if (length !== undefined) return length
  throw new ExpressionEvaluationError(
    "InvalidArgument",
    args.name,
    `the interval is one of yyyy, m, d, ww, h, n, s, not ${JSON.stringify(interval)}`,
  )
}

function dateFromNum(args: Arguments): string | null {
  const text = args.text(0)
  if (text === null) return null
  const ticks = fromFileTime(toWholeNumber(text, args.name))
  if (isWithinCalendar(ticks)) return toTravelText(ticks)
  throw new ExpressionEvaluationError("OutOfRange", args.name, `${text} lies outside the years 1 to 9999`)
}

/** FN-NUMFROMDATE-1, -2 (documented): the last day of the calendar fails; "never" is a constant, not a date. */
function numFromDate(args: Arguments): string {
  const ticks = recognised(args)
  const { year, month, day } = fieldsOf(ticks)
  if (year === 9999 && month === 12 && day === 31) {
    throw new ExpressionEvaluationError("OutOfRange", args.name, "12/31/9999 has no number; write 9223372036854775807")
  }
  const fileTime = toFileTime(ticks)
  if (fileTime >= 0n) return String(fileTime)
  throw new ExpressionEvaluationError("OutOfRange", args.name, "the date lies before 1601")
}

/** FN-FORMATDATETIME-1 to -4. */
function formatDateTime(args: Arguments, { clock }: EvaluationContext): string | null {
  const source = args.text(0)
  if (source === null) return null
  // FN-FORMATDATETIME-2: three arguments are source, inputFormat, outputFormat.
  const styles = args.count === 3 ? null : args.text(1)
  const [inputAt, outputAt] = args.count === 3 ? [1, 2] : [2, 3]
  const inputFormat = args.text(inputAt) ?? ""
  try {
    const ticks = parseDateExact(source, inputFormat, ticksOfInstant(clock.now()), stylesOf(styles, args))
    if (ticks !== null) return formatDate(ticks, args.text(outputAt) ?? "")
  } catch (error) {
    if (error instanceof DateFormatError)
      throw new ExpressionEvaluationError("InvalidArgument", args.name, error.message)
    throw error
  }
  throw invalidDate(args, `${JSON.stringify(source)} is not in the format ${JSON.stringify(inputFormat)}`)
}

/** What each of .NET's DateTimeStyles switches on; all zones are the server's, which is UTC. */
const STYLES: ReadonlyMap<string, readonly (keyof ParseStyles)[]> = new Map([
  ["None", []],
  ["AllowLeadingWhite", ["leadingWhite"]],
  ["AllowTrailingWhite", ["trailingWhite"]],
  ["AllowInnerWhite", ["innerWhite"]],
  ["AllowWhiteSpaces", ["leadingWhite", "trailingWhite", "innerWhite"]],
  ["NoCurrentDateDefault", ["noCurrentDate"]],
  ["AdjustToUniversal", []],
  ["AssumeLocal", []],
  ["AssumeUniversal", []],
  ["RoundtripKind", []],
])

function stylesOf(names: string | null, args: Arguments): ParseStyles {
  if (names === null || names === "") return DEFAULT_STYLES
  const on = new Set(names.split(",").flatMap((name) => styleNamed(name.trim(), args)))
  return {
    leadingWhite: on.has("leadingWhite"),
    trailingWhite: on.has("trailingWhite"),
    innerWhite: on.has("innerWhite"),
    noCurrentDate: on.has("noCurrentDate"),
  }
}

function styleNamed(name: string, args: Arguments): readonly (keyof ParseStyles)[] {
  const style = STYLES.get(name)
  if (style !== undefined) return style
  throw new ExpressionEvaluationError(
    "InvalidArgument",
    args.name,
    `${JSON.stringify(name)} is not one of DateTimeStyles`,
  )
}

function invalidDate(args: Arguments, message: string): ExpressionEvaluationError {
  return new ExpressionEvaluationError("InvalidDate", args.name, message)
}

export const DATE_FUNCTIONS: readonly FunctionDefinition[] = [
  {
    // FN-NOW-1 (documented).
    kind: "eager",
    name: "Now",
    parameters: [],
    volatile: true,
    evaluate: (_args, { clock }) => toTravelText(ticksOfInstant(clock.now())),
  },
  { kind: "eager", name: "CDate", parameters: [one("expression")], evaluate: toDate },
  {
    kind: "eager",
    name: "DateAdd",
    parameters: [one("interval"), one("value", { type: "Integer" }), one("dateTime", { type: "DateTime" })],
    evaluate: dateAdd,
  },
  {
    kind: "eager",
    name: "DateDiff",
    parameters: [one("interval"), one("date1", { type: "DateTime" }), one("date2", { type: "DateTime" })],
    evaluate: dateDiff,
  },
  { kind: "eager", name: "DateFromNum", parameters: [one("value", { type: "Integer" })], evaluate: dateFromNum },
  { kind: "eager", name: "NumFromDate", parameters: [one("value")], evaluate: numFromDate },
  {
    kind: "eager",
    name: "FormatDateTime",
    parameters: [
      one("source"),
      one("dateTimeStyles", { optional: true }),
      one("inputFormat"),
      one("outputFormat", { optional: true }),
    ],
    expects: ({ count, provided }) =>
      count === 4
        ? provided(3)
          ? null
          : "an output format"
        : provided(1)
          ? null
          : "source, inputFormat, outputFormat",
    evaluate: formatDateTime,
  },
]
