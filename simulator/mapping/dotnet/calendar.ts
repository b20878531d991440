/**
 * Instants and calendar fields as .NET's DateTime has them: ticks of 100 ns since 0001-01-01 in the proleptic Gregorian calendar,
 * UTC, years 1 to 9999. A bigint, because a tick count does not fit a JavaScript number.
 */

/** Ticks of 100 ns since 0001-01-01T00:00:00Z. */
export type Ticks = bigint

export interface CalendarFields {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Ticks within the second, 0 to 9,999,999. */
  readonly fraction: number
}

const TICKS_PER_MS = 10_000n
export const TICKS_PER_SECOND = 10_000_000n
export const TICKS_PER_MINUTE = 60n * TICKS_PER_SECOND
export const TICKS_PER_HOUR = 60n * TICKS_PER_MINUTE
export const TICKS_PER_DAY = 24n * TICKS_PER_HOUR

/** 1970-01-01, the epoch of {@link ticksOfInstant}. */
const UNIX_EPOCH: Ticks = 621_355_968_000_000_000n
/** 1601-01-01, the epoch of a Windows FILETIME. */
const FILETIME_EPOCH: Ticks = 504_911_232_000_000_000n
/** The first tick after 9999-12-31. */
const END_OF_TIME: Ticks = 3_155_378_976_000_000_000n

const DAYS_PER_400_YEARS = 146_097
const DAYS_PER_100_YEARS = 36_524
const DAYS_PER_4_YEARS = 1461
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

/** Whether `ticks` lies in the years 1 to 9999. */
export function isWithinCalendar(ticks: Ticks): boolean {
  return ticks >= 0n && ticks < END_OF_TIME
}

/** The ticks of an instant in epoch milliseconds. */
export function ticksOfInstant(instantMs: number): Ticks {
  return BigInt(Math.floor(instantMs)) * TICKS_PER_MS + UNIX_EPOCH
}

/** The Windows FILETIME of `ticks`: 100 ns since 1601 (FN-DATEFROMNUM-1, documented). Negative before 1601. */
export function toFileTime(ticks: Ticks): bigint {
  return ticks - FILETIME_EPOCH
}

export function fromFileTime(fileTime: bigint): Ticks {
  return fileTime + FILETIME_EPOCH
}

/** The ticks of a date and time of day, or null where the calendar has no such moment (30 February, 25 o'clock). */
export function ticksOf(fields: CalendarFields): Ticks | null {
  const { year, month, day, hour, minute, second, fraction } = fields
  if (year < 1 || year > 9999 || month < 1 || month > 12) return null
  if (day < 1 || day > daysInMonth(year, month)) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  return (
    BigInt(daysBefore(year, month) + day - 1) * TICKS_PER_DAY +
    BigInt(hour * 3600 + minute * 60 + second) * TICKS_PER_SECOND +
    BigInt(fraction)
  )
}

/** Takes an instant apart. `ticks` must be within the calendar. */
export function fieldsOf(ticks: Ticks): CalendarFields {
  const ticksOfDay = ticks % TICKS_PER_DAY
  const seconds = Number(ticksOfDay / TICKS_PER_SECOND)
  return {
    ...dateOf(Number(ticks / TICKS_PER_DAY)),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    fraction: Number(ticksOfDay % TICKS_PER_SECOND),
  }
}

/** 0 for Sunday to 6 for Saturday. */
export function dayOfWeek(ticks: Ticks): number {
  return Number((ticks / TICKS_PER_DAY + 1n) % 7n)
}

/** Moves by whole months; a day that the month does not have becomes its last (FN-DATEADD-2, inferred). Null outside the calendar. */
export function addMonths(ticks: Ticks, months: number): Ticks | null {
  const fields = fieldsOf(ticks)
  const counted = fields.year * 12 + (fields.month - 1) + months
  const year = Math.floor(counted / 12)
  const month = counted - year * 12 + 1
  if (year < 1 || year > 9999) return null
  return ticksOf({ ...fields, year, month, day: Math.min(fields.day, daysInMonth(year, month)) })
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days from 0001-01-01 to the first of the month. */
function daysBefore(year: number, month: number): number {
  const years = year - 1
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400)
  const leapDay = month > 2 && isLeapYear(year) ? 1 : 0
  return years * 365 + leapDays + (DAYS_BEFORE_MONTH[month - 1] ?? 0) + leapDay
}

function dateOf(days: number): { year: number; month: number; day: number } {
  const cycles = Math.floor(days / DAYS_PER_400_YEARS)
  let rest = days % DAYS_PER_400_YEARS
  // The last day of a cycle belongs to its fourth century, the last of four years to the leap year: hence the limits.
  const centuries = Math.min(3, Math.floor(rest / DAYS_PER_100_YEARS))
  rest -= centuries * DAYS_PER_100_YEARS
  const olympiads = Math.floor(rest / DAYS_PER_4_YEARS)
  rest -= olympiads * DAYS_PER_4_YEARS
  const years = Math.min(3, Math.floor(rest / 365))
  rest -= years * 365
  const year = cycles * 400 + centuries * 100 + olympiads * 4 + years + 1
  let month = 1
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month)
    month += 1
  }
  return { year, month, day: rest + 1 }
}
