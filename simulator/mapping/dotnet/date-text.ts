/**
 * Date text without a stated format, as DateTime.Parse recognises it in the invariant culture (FN-CDATE-1, documented): ISO 8601,
 * month/day/year, and English month names; each with an optional time of day and offset. Without an offset it is UTC
 * (FN-CDATE-2, inferred).
 */
import { TICKS_PER_MINUTE, isWithinCalendar, ticksOf, type Ticks } from "./calendar.ts"
import { formatDate } from "./date-format.ts"
import { offsetMinutes, parseDateExact } from "./date-parse.ts"

/** How dates travel between functions (MAP-203, documented): UTC, no zeros in front of month, day and hour. */
const TRAVEL_FORMAT = "M/d/yyyy h:mm:ss tt"

/** `ticks` as functions hand it on. */
export function toTravelText(ticks: Ticks): string {
  return formatDate(ticks, TRAVEL_FORMAT)
}

/** The instant of a text in {@link TRAVEL_FORMAT}, or null. */
export function fromTravelText(text: string): Ticks | null {
  return parseDateExact(text, TRAVEL_FORMAT, 0n)
}

const MONTH_LETTERS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
const MONTH_NAME = `(?<monthName>${MONTH_LETTERS})[a-z]*\\.?`
const WEEKDAY = "(?:(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*,?\\s+)?"
const TIME =
  "(?:(?:T|\\s+)(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.(?<fraction>\\d{1,7})\\d*)?)?(?:\\s*(?<half>[AP])M)?)?"
const ZONE = "\\s*(?<zone>Z|GMT|UTC|[+-]\\d{1,2}(?::?\\d{2})?)?"
const DATES = [
  "(?<year>\\d{4})[-/](?<month>\\d{1,2})[-/](?<day>\\d{1,2})",
  "(?<month>\\d{1,2})[-/](?<day>\\d{1,2})[-/](?<year>\\d{4})",
  `${WEEKDAY}(?<day>\\d{1,2})[\\s-]${MONTH_NAME}[\\s-](?<year>\\d{4})`,
  `${WEEKDAY}${MONTH_NAME}\\s+(?<day>\\d{1,2}),?\\s+(?<year>\\d{4})`,
].map((date) => new RegExp(`^\\s*${date}${TIME}${ZONE}\\s*$`, "i"))

/** The instant that `text` names, or null where it is no date. */
export function parseDateText(text: string): Ticks | null {
  for (const pattern of DATES) {
    const groups = pattern.exec(text)?.groups
    if (groups !== undefined) return instantOf(groups)
  }
  return null
}

function instantOf(groups: Readonly<Record<string, string | undefined>>): Ticks | null {
  const hour = hourOf(groups)
  if (hour === null) return null
  const local = ticksOf({
    year: Number(groups["year"]),
    month: monthOf(groups),
    day: Number(groups["day"]),
    hour,
    minute: Number(groups["minute"] ?? 0),
    second: Number(groups["second"] ?? 0),
    fraction: Number((groups["fraction"] ?? "").padEnd(7, "0")),
  })
  if (local === null) return null
  const instant = local - BigInt(offsetMinutes(groups["zone"] ?? "")) * TICKS_PER_MINUTE
  return isWithinCalendar(instant) ? instant : null
}

function monthOf({ month, monthName }: Readonly<Record<string, string | undefined>>): number {
  if (monthName === undefined) return Number(month)
  return MONTH_LETTERS.split("|").indexOf(monthName.toLowerCase()) + 1
}

function hourOf({ hour = "0", half }: Readonly<Record<string, string | undefined>>): number | null {
  if (half === undefined) return Number(hour)
  const twelve = Number(hour)
  if (twelve < 1 || twelve > 12) return null
  return (twelve % 12) + (half.toUpperCase() === "P" ? 12 : 0)
}
