/**
 * Reads a date by a .NET format string, as DateTime.ParseExact does (FN-FORMATDATETIME-1, documented): invariant culture, an
 * offset converts to UTC (-3, inferred). Two-digit places want two digits, names are read in any case.
 */
import { TICKS_PER_MINUTE, dayOfWeek, fieldsOf, isWithinCalendar, ticksOf, type Ticks } from "./calendar.ts"
import {
  ABBREVIATED_LENGTH,
  MONTHS,
  WEEKDAYS,
  parseDateFormat,
  type FormatPart,
  type Specifier,
} from "./date-format.ts"

/** What DateTimeStyles changes here: where blanks are forgiven, and which day a bare time belongs to. */
export interface ParseStyles {
  readonly leadingWhite: boolean
  readonly trailingWhite: boolean
  readonly innerWhite: boolean
  /** A time without a date is on 0001-01-01 instead of today. */
  readonly noCurrentDate: boolean
}

/** The default of FormatDateTime: RoundtripKind, AllowLeadingWhite, AllowTrailingWhite (FN-FORMATDATETIME-1, documented). */
export const DEFAULT_STYLES: ParseStyles = {
  leadingWhite: true,
  trailingWhite: true,
  innerWhite: false,
  noCurrentDate: false,
}

/** A two-digit year above this one belongs to the century before. */
const TWO_DIGIT_YEAR_MAX = 2049

interface Found {
  year?: number
  month?: number
  day?: number
  hour?: number
  twelveHour?: true
  afternoon?: boolean
  minute?: number
  second?: number
  fraction?: number
  weekday?: number
  offsetMinutes?: number
}

/**
 * The instant that `text` spells in `format`, or null where it does not fit. `today` fills in the date of a bare time.
 *
 * @throws DateFormatError for a format that .NET refuses.
 */
export function parseDateExact(text: string, format: string, today: Ticks, styles = DEFAULT_STYLES): Ticks | null {
  const reader = new Reader(trimmed(text, styles), styles.innerWhite)
  const parts = parseDateFormat(format)
  const found: Found = {}
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index]
    if (part === undefined) break
    if (part.kind === "field") {
      if (!readField(reader, part.specifier, part.width, found)) return null
    } else if (!reader.literal(part.text)) {
      if (part.text !== "." || !isOptionalFraction(parts[index + 1])) return null
      index += 1
    }
  }
  return reader.isAtEnd() ? assemble(found, today, styles) : null
}

/** `.FFF`: .NET lets the point be missing together with the fraction. */
function isOptionalFraction(part: FormatPart | undefined): boolean {
  return part?.kind === "field" && part.specifier === "F"
}

function trimmed(text: string, { leadingWhite, trailingWhite }: ParseStyles): string {
  const begun = leadingWhite ? text.trimStart() : text
  return trailingWhite ? begun.trimEnd() : begun
}

/** A position in the text; every method moves it on success only. */
class Reader {
  readonly #text: string
  readonly #skipsBlanks: boolean
  #at = 0

  constructor(text: string, skipsBlanks: boolean) {
    this.#text = text
    this.#skipsBlanks = skipsBlanks
  }

  isAtEnd(): boolean {
    this.#skip()
    return this.#at === this.#text.length
  }

  literal(wanted: string): boolean {
    // With AllowInnerWhite, blanks of text and format need not agree.
    if (this.#skipsBlanks && wanted.trim() === "") return true
    this.#skip()
    if (!this.#text.startsWith(wanted, this.#at)) return false
    this.#at += wanted.length
    return true
  }

  /** The text that a sticky pattern matches here. */
  take(pattern: RegExp): string | null {
    this.#skip()
    const sticky = new RegExp(pattern.source, "iy")
    sticky.lastIndex = this.#at
    const found = sticky.exec(this.#text)?.[0]
    if (found === undefined) return null
    this.#at += found.length
    return found
  }

  #skip(): void {
    while (this.#skipsBlanks && this.#text[this.#at]?.trim() === "") this.#at += 1
  }
}

function readField(reader: Reader, specifier: Specifier, width: number, found: Found): boolean {
  switch (specifier) {
    case "y":
      return readYear(reader, width, found)
    case "M":
      return width < 3
        ? readNumber(reader, width, found, "month")
        : readName(reader, MONTHS, width, (n) => (found.month = n + 1))
    case "d":
      return width < 3
        ? readNumber(reader, width, found, "day")
        : readName(reader, WEEKDAYS, width, (n) => (found.weekday = n))
    case "h":
      found.twelveHour = true
      return readNumber(reader, width, found, "hour")
    case "H":
      return readNumber(reader, width, found, "hour")
    case "m":
      return readNumber(reader, width, found, "minute")
    case "s":
      return readNumber(reader, width, found, "second")
    case "f":
      return readFraction(reader, width, width, found)
    case "F":
      return readFraction(reader, 0, width, found)
    case "t":
      return readHalfOfDay(reader, width, found)
    case "z":
      return readOffset(reader, width < 3 ? /[+-]\d{1,2}/ : /[+-]\d{1,2}:?\d{2}/, found)
    case "K":
      return readOffset(reader, /Z|[+-]\d{1,2}:?\d{2}|/, found)
    case "g":
      return reader.take(/A\.D\./) !== null
  }
}

function readNumber(
  reader: Reader,
  width: number,
  found: Found,
  name: "month" | "day" | "hour" | "minute" | "second",
): boolean {
  const digits = reader.take(width === 1 ? /\d{1,2}/ : /\d{2}/)
  if (digits === null) return false
  found[name] = Number(digits)
  return true
}

function readYear(reader: Reader, width: number, found: Found): boolean {
  const digits = reader.take(width === 1 ? /\d{1,2}/ : new RegExp(`\\d{${width}}`))
  if (digits === null) return false
  const year = Number(digits)
  const century = year <= TWO_DIGIT_YEAR_MAX % 100 ? 2000 : 1900
  found.year = width < 3 ? century + year : year
  return true
}

function readName(reader: Reader, names: readonly string[], width: number, keep: (index: number) => void): boolean {
  const spelt = names.map((name) => (width === ABBREVIATED_LENGTH ? name.slice(0, ABBREVIATED_LENGTH) : name))
  const name = reader.take(new RegExp(spelt.join("|")))
  if (name === null) return false
  keep(spelt.findIndex((one) => one.toLowerCase() === name.toLowerCase()))
  return true
}

function readFraction(reader: Reader, least: number, most: number, found: Found): boolean {
  const digits = reader.take(new RegExp(`\\d{${least},${most}}`))
  if (digits === null) return false
  found.fraction = Number(digits.padEnd(7, "0"))
  return true
}

function readHalfOfDay(reader: Reader, width: number, found: Found): boolean {
  const half = reader.take(width === 1 ? /[AP]/ : /[AP]M/)
  if (half === null) return false
  found.afternoon = half.toUpperCase().startsWith("P")
  return true
}

function readOffset(reader: Reader, pattern: RegExp, found: Found): boolean {
  const text = reader.take(pattern)
  if (text === null) return false
  if (text !== "") found.offsetMinutes = offsetMinutes(text)
  return true
}

/** Minutes east of Greenwich: `Z`, `GMT`, `-7`, `+05:30`, `+0530`. */
export function offsetMinutes(text: string): number {
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(text) ?? []
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

function assemble(found: Found, today: Ticks, styles: ParseStyles): Ticks | null {
  const { year, month, day, minute = 0, second = 0, fraction = 0 } = found
  const hour = hourOf(found)
  if (hour === null) return null
  const present = fieldsOf(today)
  const isTimeOnly = year === undefined && month === undefined && day === undefined
  const date = isTimeOnly
    ? styles.noCurrentDate
      ? { year: 1, month: 1, day: 1 }
      : present
    : { year: year ?? present.year, month: month ?? 1, day: day ?? 1 }
  const { year: y, month: m, day: d } = date
  const local = ticksOf({ year: y, month: m, day: d, hour, minute, second, fraction })
  if (local === null) return null
  if (found.weekday !== undefined && found.weekday !== dayOfWeek(local)) return null
  const instant = local - BigInt(found.offsetMinutes ?? 0) * TICKS_PER_MINUTE
  return isWithinCalendar(instant) ? instant : null
}

/** `h` counts to twelve; without AM or PM it means the morning. */
function hourOf({ hour = 0, twelveHour, afternoon }: Found): number | null {
  if (twelveHour === undefined) return hour
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (afternoon === true ? 12 : 0)
}
