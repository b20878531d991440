/**
 * .NET's custom format strings for dates (FN-FORMATDATETIME-1, documented), invariant culture, UTC: how a format is read, and
 * how a date is written in it. Reading a date by a format is date-parse.ts.
 */
import { dayOfWeek, fieldsOf, type Ticks } from "./calendar.ts"

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const
export const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const
/** How many letters an abbreviated name of a month or weekday has. */
export const ABBREVIATED_LENGTH = 3

/** The letters of a custom format. `width` is how often the letter is repeated. */
const SPECIFIERS = ["d", "f", "F", "g", "h", "H", "K", "m", "M", "s", "t", "y", "z"] as const
export type Specifier = (typeof SPECIFIERS)[number]

export type FormatPart =
  | { readonly kind: "field"; readonly specifier: Specifier; readonly width: number }
  | { readonly kind: "literal"; readonly text: string }

/** A format string that .NET refuses too. */
export class DateFormatError extends Error {
  override readonly name = "DateFormatError"
}

/** The standard formats, one letter each, in the invariant culture. */
const STANDARD_FORMATS: Readonly<Record<string, string>> = {
  d: "MM/dd/yyyy",
  D: "dddd, dd MMMM yyyy",
  f: "dddd, dd MMMM yyyy HH:mm",
  F: "dddd, dd MMMM yyyy HH:mm:ss",
  g: "MM/dd/yyyy HH:mm",
  G: "MM/dd/yyyy HH:mm:ss",
  m: "MMMM dd",
  M: "MMMM dd",
  o: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  O: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  r: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  R: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  s: "yyyy-MM-dd'T'HH:mm:ss",
  t: "HH:mm",
  T: "HH:mm:ss",
  u: "yyyy-MM-dd HH:mm:ss'Z'",
  U: "dddd, dd MMMM yyyy HH:mm:ss",
  y: "yyyy MMMM",
  Y: "yyyy MMMM",
}

const PART =
  /(?<quote>["'])(?<quoted>[^]*?)\k<quote>|\\(?<escaped>[^])|%(?<lone>[^%])|(?<field>([dfFghHKmMstyz])\6*)|(?<other>[^])/g

/** Reads a standard or custom format string. @throws DateFormatError */
export function parseDateFormat(format: string): readonly FormatPart[] {
  if (format === "") throw new DateFormatError("the date format is empty")
  const custom = format.length === 1 ? standardFormat(format) : format
  return Array.from(custom.matchAll(PART), ({ groups = {} }) => {
    const { quoted, escaped, lone, field, other } = groups
    const letter = field?.[0] ?? lone
    if (letter !== undefined && isSpecifier(letter)) {
      return { kind: "field", specifier: letter, width: widthOf(letter, field?.length ?? 1) }
    }
    if (other === '"' || other === "'" || other === "\\" || other === "%") {
      throw new DateFormatError(`the date format ${JSON.stringify(format)} has a ${other} without its partner`)
    }
    return { kind: "literal", text: quoted ?? escaped ?? lone ?? other ?? "" }
  })
}

function standardFormat(letter: string): string {
  const format = STANDARD_FORMATS[letter]
  if (format !== undefined) return format
  throw new DateFormatError(`${JSON.stringify(letter)} is not a standard date format`)
}

function isSpecifier(letter: string): letter is Specifier {
  return SPECIFIERS.some((specifier) => specifier === letter)
}

function widthOf(specifier: Specifier, width: number): number {
  const isFraction = specifier === "f" || specifier === "F"
  if (isFraction && width > 7) throw new DateFormatError("a date has at most seven digits of a second")
  return width
}

/** `ticks` in the given format. @throws DateFormatError */
export function formatDate(ticks: Ticks, format: string): string {
  const text: string[] = []
  for (const part of parseDateFormat(format)) {
    if (part.kind === "literal") text.push(part.text)
    else text.push(fieldText(ticks, part.specifier, part.width))
    // .NET drops the point when the optional fraction after it is empty.
    const [beforeLast, last] = text.slice(-2)
    if (last === "" && beforeLast === "." && part.kind === "field" && part.specifier === "F") text.splice(-2)
  }
  return text.join("")
}

function fieldText(ticks: Ticks, specifier: Specifier, width: number): string {
  const { year, month, day, hour, minute, second, fraction } = fieldsOf(ticks)
  switch (specifier) {
    case "d":
      return width < 3 ? padded(day, width) : nameOf(WEEKDAYS[dayOfWeek(ticks)], width)
    case "M":
      return width < 3 ? padded(month, width) : nameOf(MONTHS[month - 1], width)
    case "y":
      return width < 3 ? padded(year % 100, width) : padded(year, width)
    case "H":
      return padded(hour, Math.min(width, 2))
    case "h":
      return padded(hour % 12 === 0 ? 12 : hour % 12, Math.min(width, 2))
    case "m":
      return padded(minute, Math.min(width, 2))
    case "s":
      return padded(second, Math.min(width, 2))
    case "f":
      return digits(fraction, width)
    case "F":
      return digits(fraction, width).replace(/0+$/, "")
    case "t":
      return (hour < 12 ? "AM" : "PM").slice(0, Math.min(width, 2))
    case "g":
      return "A.D."
    case "K":
      return "Z"
    case "z":
      return `+${padded(0, Math.min(width, 2))}${width > 2 ? ":00" : ""}`
  }
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, "0")
}

function digits(fraction: number, width: number): string {
  return String(fraction).padStart(7, "0").slice(0, width)
}

function nameOf(name: string | undefined, width: number): string {
  return (name ?? "").slice(0, width === ABBREVIATED_LENGTH ? ABBREVIATED_LENGTH : undefined)
}
