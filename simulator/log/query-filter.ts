/** `$filter` of the provisioning log: the part of OData that Graph takes there (GRAPH-801 to -803, documented), parsed to a test. */
import type { ProvisioningLogEntry } from "./entry.ts"
import { LogQueryError } from "./query-error.ts"
import { type LogProperty, propertyOf } from "./query-property.ts"

type Test = (entry: ProvisioningLogEntry) => boolean
type Value = string | number | null

interface Token {
  readonly text: string
  readonly at: number
}

/** Brackets, commas, quoted texts with '' for a quote, and words: names, operators, numbers, dates. */
const TOKEN = /\s*('(?:[^']|'')*'|[(),]|[^\s(),']+)/y

/** Throws {@link LogQueryError} with the place. */
export function parseLogFilter(filter: string): Test {
  const reader = new TokenReader(tokensOf(filter), filter.length)
  const test = anyOf(reader)
  const left = reader.peek()
  if (left !== undefined) throw new LogQueryError(`"and", "or" or the end was expected, not ${left.text}`, left.at)
  return test
}

function tokensOf(filter: string): Token[] {
  const tokens: Token[] = []
  const pattern = new RegExp(TOKEN)
  for (const end = filter.trimEnd().length; pattern.lastIndex < end;) {
    const from = pattern.lastIndex
    const [whole, text] = pattern.exec(filter) ?? []
    if (whole === undefined || text === undefined) throw new LogQueryError("a quote is not closed", from)
    tokens.push({ text, at: pattern.lastIndex - text.length })
  }
  return tokens
}

class TokenReader {
  readonly #tokens: readonly Token[]
  readonly #endAt: number
  #index = 0

  constructor(tokens: readonly Token[], endAt: number) {
    this.#tokens = tokens
    this.#endAt = endAt
  }

  peek(): Token | undefined {
    return this.#tokens[this.#index]
  }

  next(expected: string): Token {
    const token = this.#tokens[this.#index]
    if (token === undefined) throw new LogQueryError(`${expected} was expected, but the filter ends`, this.#endAt)
    this.#index += 1
    return token
  }

  /** Takes the token if it is this word. */
  takes(word: string): boolean {
    const isIt = this.peek()?.text.toLowerCase() === word
    if (isIt) this.#index += 1
    return isIt
  }

  expect(word: string): void {
    const token = this.next(`"${word}"`)
    if (token.text !== word) throw new LogQueryError(`"${word}" was expected, not ${token.text}`, token.at)
  }
}

function anyOf(reader: TokenReader): Test {
  const tests = [allOf(reader)]
  while (reader.takes("or")) tests.push(allOf(reader))
  return (entry) => tests.some((test) => test(entry))
}

function allOf(reader: TokenReader): Test {
  const tests = [term(reader)]
  while (reader.takes("and")) tests.push(term(reader))
  return (entry) => tests.every((test) => test(entry))
}

function term(reader: TokenReader): Test {
  if (reader.takes("(")) {
    const inner = anyOf(reader)
    reader.expect(")")
    return inner
  }
  if (reader.takes("contains")) {
    reader.expect("(")
    const { read } = operand(reader)
    reader.expect(",")
    const sought = textLiteral(reader.next("a quoted text"))
    reader.expect(")")
    return (entry) => String(read(entry) ?? "").includes(sought)
  }
  const property = operand(reader)
  const operator = reader.next("an operator")
  const literal = literalFor(property, reader.next("a value"))
  return comparison(property, operator, literal)
}

/** A property, or `tolower` of one. */
function operand(reader: TokenReader): LogProperty {
  if (!reader.takes("tolower")) return named(reader.next("a property"))
  reader.expect("(")
  const { read } = named(reader.next("a property"))
  reader.expect(")")
  return { kind: "text", read: (entry) => String(read(entry) ?? "").toLowerCase() }
}

function named({ text, at }: Token): LogProperty {
  const property = propertyOf(text)
  if (property === null) throw new LogQueryError(`${text} is no property that the log can be filtered by`, at)
  return property
}

function comparison({ kind, read }: LogProperty, { text, at }: Token, literal: Value): Test {
  const value = (entry: ProvisioningLogEntry): Value => {
    const held = read(entry)
    return kind === "time" && typeof held === "string" ? comparableTime(held) : held
  }
  const isOrdered = kind !== "text"
  if (text === "eq") return (entry) => value(entry) === literal
  if (text === "gt" && isOrdered) return (entry) => (value(entry) ?? "") > (literal ?? "")
  if (text === "lt" && isOrdered) return (entry) => (value(entry) ?? "") < (literal ?? "")
  const allowed = isOrdered ? "eq, gt and lt" : "eq, and contains()"
  throw new LogQueryError(`the operator ${text} can't be used here: there are ${allowed}`, at)
}

function literalFor({ kind }: LogProperty, token: Token): Value {
  const { text, at } = token
  if (text === "null") return null
  if (kind === "text") return textLiteral(token)
  if (kind === "number") {
    if (/^-?\d+$/.test(text)) return Number(text)
    throw new LogQueryError(`a whole number was expected, not ${text}`, at)
  }
  const time = comparableTime(text)
  if (time === null) throw new LogQueryError(`a date or time in UTC was expected, such as 2026-07-30, not ${text}`, at)
  return time
}

/** GRAPH-802: texts are compared with their case. Ids may stand without quotes. */
function textLiteral({ text, at }: Token): string {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'")
  if (/^[0-9a-f-]{36}$/i.test(text)) return text
  throw new LogQueryError(`a text in single quotes was expected, not ${text}`, at)
}

/** A date (GRAPH-803) or time in UTC as text that sorts by time; null where it is neither. */
function comparableTime(text: string): string | null {
  const [, date, time = "00:00:00", fraction = ""] =
    /^'?(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,7}))?Z)?'?$/.exec(text) ?? []
  return date === undefined ? null : `${date}T${time}.${fraction.padEnd(7, "0")}`
}
