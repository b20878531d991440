/**
 * xsd:dateTime as SCIM has it: date and time both there, seconds with or without fraction, offset or Z (RFC 7643 §2.3.5).
 * Without an offset the time is read as UTC.
 */

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/

const DAY_MS = 86_400_000

/** The instant in epoch milliseconds (with a fraction where the text has one), or undefined where it is no dateTime. */
export function parseDateTime(text: string): number | undefined {
  const match = DATE_TIME.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number)
  if (year === undefined || month === undefined || day === undefined) return undefined
  if (hour === undefined || minute === undefined || second === undefined) return undefined
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const offset = offsetMinutes(match[8] ?? "Z")
  if (offset === undefined) return undefined
  const fractionMs = match[7] === undefined ? 0 : Number(match[7]) * 1000
  const timeMs = ((hour * 60 + minute - offset) * 60 + second) * 1000
  return daysSinceEpoch(year, month, day) * DAY_MS + timeMs + fractionMs
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === "Z") return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4, 6))
  if (hours > 14 || minutes > 59) return undefined
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes)
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Days of the Gregorian calendar since 1970-01-01: whole years, counted from March so that the leap day comes last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const marchMonth = (month + 9) % 12
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1
  return marchYear * 365 + leapDays + dayOfYear - DAYS_TO_EPOCH
}

/** Days from 0000-03-01 to 1970-01-01. */
const DAYS_TO_EPOCH = 719_468
