/** Comma-separated values as RFC 4180 has them, with the line on which each record begins. */

export interface CsvRecord {
  /** Counted from 1. */
  readonly line: number
  readonly fields: readonly string[]
}

/** The text breaks a rule of the format. */
export class CsvSyntaxError extends Error {
  override readonly name = "CsvSyntaxError"
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** One field and what ends it: a quoted one, or one up to the next comma or end of line. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y

/** The records of the text; lines without any content are passed over. Throws {@link CsvSyntaxError}. */
export function parseCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = []
  let line = 1
  let fields: string[] = []
  let startLine = line
  for (let offset = 0; offset < text.length || fields.length > 0;) {
    FIELD.lastIndex = offset
    const matched = FIELD.exec(text)
    if (matched === null) throw new CsvSyntaxError(line, describeProblem(text, offset))
    const [whole, quoted, plain = "", end] = matched
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    offset += whole.length
    line += countLines(whole)
    if (end === ",") continue
    if (fields.length > 1 || fields[0] !== "") records.push({ line: startLine, fields })
    fields = []
    startLine = line
  }
  return records
}

function countLines(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0
}

function describeProblem(text: string, offset: number): string {
  if (text[offset] !== '"')
    return "There is a quote inside a field that does not begin with one. Put the field in quotes and double the one inside."
  const isClosed = /"(?:[^"]|"")*"/y.test(text.slice(offset))
  return isClosed
    ? "There is text after the closing quote of a field. Double quotes inside a quoted field."
    : "A quoted field begins here and never ends. Close the quote, or double it where it belongs to the text."
}
