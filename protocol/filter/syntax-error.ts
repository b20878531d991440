/**
 * Errors of the filter and path grammars. Each says where the text stopped making sense and what could have stood there;
 * {@link renderCaret} draws the place.
 */

/** Where and why a text does not parse. */
interface SyntaxErrorDetails {
  /** Zero-based position in UTF-16 code units. */
  readonly offset: number
  /** What could have stood there, in words. */
  readonly expected: string
  /** What stood there, in words; never the content of a string literal, which may be a person's. */
  readonly found: string
}

function describe(kind: string, { offset, expected, found }: SyntaxErrorDetails): string {
  return `${kind} does not parse at position ${offset + 1}: expected ${expected}, found ${found}`
}

/** A filter that the grammar of RFC 7644 §3.4.2.2 does not allow. */
export class FilterSyntaxError extends Error {
  override readonly name = "FilterSyntaxError"
  readonly offset: number
  readonly expected: string
  readonly found: string

  constructor(details: SyntaxErrorDetails) {
    super(describe("filter", details))
    this.offset = details.offset
    this.expected = details.expected
    this.found = details.found
  }
}

/** An attribute name or PATCH path that the grammar of RFC 7644 §3.5.2 and §3.10 does not allow. */
export class PathSyntaxError extends Error {
  override readonly name = "PathSyntaxError"
  readonly offset: number
  readonly expected: string
  readonly found: string
  /** Whether the path itself is broken (invalidPath) or the filter in its brackets (invalidFilter, RFC 7644 table 9). */
  readonly part: "path" | "filter"

  constructor(details: SyntaxErrorDetails & { readonly part: "path" | "filter" }, options?: ErrorOptions) {
    super(describe("path", details), options)
    this.offset = details.offset
    this.expected = details.expected
    this.found = details.found
    this.part = details.part
  }
}

const CARET_COLUMNS = 80
const CARET_COLUMNS_BEFORE = 60

/**
 * Two lines: the text around `offset` (cut to what fits a terminal, control characters shown as blanks) and a caret under
 * the place.
 */
export function renderCaret(text: string, offset: number): string {
  const start = Math.max(0, offset - CARET_COLUMNS_BEFORE)
  const end = Math.min(text.length, start + CARET_COLUMNS)
  const before = `${start > 0 ? "…" : ""}${printable(text.slice(start, offset))}`
  const after = `${printable(text.slice(offset, end))}${end < text.length ? "…" : ""}`
  return `${before}${after}\n${" ".repeat(Array.from(before).length)}^`
}

function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what must not reach a terminal
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " ")
}
