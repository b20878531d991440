/**
 * Recursive descent over the grammar of RFC 7644 §3.4.2.2 with its errata: comparisons bind first, then `not`, `and`, `or`
 * (erratum 4670); `not` may touch its parenthesis (7319); brackets do not nest (4690, 7322); "$" may lead a name (8924).
 * Exactly one space stands where the ABNF has SP, nowhere else.
 */
import { COMPARE_OPERATORS } from "./ast.ts"
import type { AttributePath, CompareOperator, CompareValue, Filter, ValuePath } from "./ast.ts"
import { isPlainName, splitAttributeWord } from "./attribute-name.ts"
import { describeToken, Lexer } from "./lexer.ts"
import type { Token } from "./lexer.ts"
import { FilterSyntaxError } from "./syntax-error.ts"

/** Bounds on what is worth parsing: what exceeds them is refused as a syntax error. */
export interface FilterLimits {
  /** How deep parentheses, `not` and brackets may nest. Default 50. */
  readonly maxDepth?: number
  /** Length of the whole text in UTF-16 code units. Default 8192. */
  readonly maxLength?: number
  /** How many comparisons there may be. Default: as many as fit into the length. */
  readonly maxTerms?: number
}

const DEFAULT_MAX_DEPTH = 50
const DEFAULT_MAX_LENGTH = 8192

type Tested = { readonly operator: CompareOperator; readonly value: CompareValue } | { readonly operator: "pr" }

const OPERATORS: ReadonlyMap<string, CompareOperator> = new Map(COMPARE_OPERATORS.map((name) => [name, name]))
const LITERALS: ReadonlyMap<string, CompareValue> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
])
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/
const OPERATOR_EXPECTED = `an operator (${COMPARE_OPERATORS.join(", ")} or pr)`
const VALUE_EXPECTED = "a value: a string in double quotes, a number, true, false or null"

/**
 * The syntax tree of a filter. `and` and `or` associate to the left.
 *
 * @throws FilterSyntaxError with the place and what could have stood there.
 * @see RFC 7644 §3.4.2.2
 */
export function parseFilter(text: string, limits: FilterLimits = {}): Filter {
  assertLength(text, limits)
  const lexer = new Lexer(text)
  const filter = new FilterParser(lexer, limits).parse()
  if (lexer.peek().kind !== "end") throw badContinuation(lexer, "the end of the filter")
  return filter
}

/**
 * The filter between a path's brackets; the lexer stands behind the opening bracket and is left behind the closing one.
 *
 * @throws FilterSyntaxError
 */
export function parseBracketFilter(lexer: Lexer, limits: FilterLimits = {}): Filter {
  return new FilterParser(lexer, limits).parseBrackets()
}

/** @throws FilterSyntaxError where the text is longer than the limits allow. */
export function assertLength(text: string, { maxLength = DEFAULT_MAX_LENGTH }: FilterLimits): void {
  if (text.length <= maxLength) return
  throw new FilterSyntaxError({
    offset: maxLength,
    expected: `at most ${maxLength} characters`,
    found: `${text.length} of them`,
  })
}

export function unexpected(token: Token, expected: string): FilterSyntaxError {
  return new FilterSyntaxError({ offset: token.offset, expected, found: describeToken(token) })
}

class FilterParser {
  readonly #lexer: Lexer
  readonly #maxDepth: number
  readonly #maxTerms: number
  #depth = 0
  #terms = 0
  #inBrackets = false

  constructor(lexer: Lexer, { maxDepth = DEFAULT_MAX_DEPTH, maxTerms = Infinity }: FilterLimits) {
    this.#lexer = lexer
    this.#maxDepth = maxDepth
    this.#maxTerms = maxTerms
  }

  /** orExpr = andExpr *( SP "or" SP andExpr ) */
  parse(): Filter {
    let left = this.#and()
    while (this.#takeJoin("or")) left = { kind: "or", left, right: this.#and() }
    return left
  }

  parseBrackets(): Filter {
    this.#inBrackets = true
    const filter = this.#nested(() => this.parse())
    this.#close("]")
    this.#inBrackets = false
    return filter
  }

  /** andExpr = term *( SP "and" SP term ) */
  #and(): Filter {
    let left = this.#term()
    while (this.#takeJoin("and")) left = { kind: "and", left, right: this.#term() }
    return left
  }

  /** term = [ "not" [SP] ] "(" filter ")" / comparison / valuePath */
  #term(): Filter {
    if (this.#takeNot()) return { kind: "not", operand: this.#parenthesised() }
    if (this.#lexer.peek().kind === "(") return this.#parenthesised()
    const path = this.#attribute()
    if (this.#lexer.peek().kind === "[") return this.#valuePath(path)
    const tested = this.#test()
    return tested.operator === "pr" ? { kind: "present", path } : { kind: "compare", path, ...tested }
  }

  #parenthesised(): Filter {
    this.#expect("(", "an opening (")
    const filter = this.#nested(() => this.parse())
    this.#close(")")
    return filter
  }

  /** `emails[…]`, and Entra's `emails[…].value eq "x"` (WIRE-045, documented). */
  #valuePath(path: AttributePath): ValuePath {
    const opening = this.#lexer.take()
    if (this.#inBrackets) throw unexpected(opening, "no brackets inside brackets")
    if (path.sub !== undefined) throw unexpected(opening, `${OPERATOR_EXPECTED} after a sub-attribute`)
    const filter = this.parseBrackets()
    const behind = this.#lexer.peek()
    if (behind.kind !== "word") return { kind: "valuePath", path, filter }
    const sub = takeBracketSub(this.#lexer)
    return { kind: "valuePath", path, filter, selected: { sub, value: null, ...this.#test() } }
  }

  /** An attribute path; inside brackets the plain name of a sub-attribute. */
  #attribute(): AttributePath {
    const token = this.#lexer.peek()
    const expected = this.#inBrackets ? "a sub-attribute name" : "an attribute name"
    if (token.kind !== "word") throw unexpected(token, expected)
    if (this.#inBrackets && !isPlainName(token.text)) throw unexpected(token, `${expected} without URN or dot`)
    this.#lexer.take()
    return attributeOf(token)
  }

  /** SP "pr" / SP op SP value */
  #test(): Tested {
    this.#terms += 1
    if (this.#terms > this.#maxTerms) throw unexpected(this.#lexer.peek(), `at most ${this.#maxTerms} comparisons`)
    this.#expect("space", `one space and ${OPERATOR_EXPECTED}`)
    const word = this.#lexer.peek()
    if (!isOperator(word)) throw unexpected(word, OPERATOR_EXPECTED)
    this.#lexer.take()
    const operator = OPERATORS.get(word.text.toLowerCase())
    if (operator === undefined) return { operator: "pr" }
    this.#expect("space", `one space and ${VALUE_EXPECTED}`)
    return { operator, value: this.#value() }
  }

  #value(): CompareValue {
    const token = this.#lexer.peek()
    if (token.kind !== "string" && token.kind !== "word") throw unexpected(token, VALUE_EXPECTED)
    const value = token.kind === "string" ? token.value : literalOf(token.text)
    if (value === undefined) throw unexpected(token, VALUE_EXPECTED)
    this.#lexer.take()
    return value
  }

  #takeNot(): boolean {
    if (!isKeyword(this.#lexer.peek(), "not")) return false
    const spaced = this.#lexer.peek(1).kind === "space"
    const next = this.#lexer.peek(spaced ? 2 : 1)
    // An attribute may be called "not": what follows it says so.
    if (spaced ? isOperator(next) : next.kind === "[") return false
    if (next.kind !== "(") throw unexpected(next, 'an opening ( behind "not"')
    this.#lexer.take()
    if (spaced) this.#lexer.take()
    return true
  }

  /** SP keyword SP, taken only where the keyword follows. */
  #takeJoin(keyword: "and" | "or"): boolean {
    if (this.#lexer.peek().kind !== "space" || !isKeyword(this.#lexer.peek(1), keyword)) return false
    this.#lexer.take()
    this.#lexer.take()
    this.#expect("space", `one space behind "${keyword}"`)
    return true
  }

  #expect(kind: Token["kind"], expected: string): void {
    const token = this.#lexer.peek()
    if (token.kind !== kind) throw unexpected(token, expected)
    this.#lexer.take()
  }

  #close(kind: ")" | "]"): void {
    if (this.#lexer.peek().kind !== kind) throw badContinuation(this.#lexer, `a closing ${kind}`)
    this.#lexer.take()
  }

  #nested(parse: () => Filter): Filter {
    this.#depth += 1
    if (this.#depth > this.#maxDepth)
      throw unexpected(this.#lexer.peek(), `at most ${this.#maxDepth} levels of nesting`)
    const filter = parse()
    this.#depth -= 1
    return filter
  }
}

/** Takes `.name` behind a closing bracket and gives the name. */
export function takeBracketSub(lexer: Lexer): string {
  const token = lexer.peek()
  const name = token.text.slice(1)
  if (!token.text.startsWith(".") || !isPlainName(name)) throw unexpected(token, "a dot and a sub-attribute name")
  lexer.take()
  return name
}

/** @throws FilterSyntaxError at the character of the word that is wrong. */
export function attributeOf(token: Token): AttributePath {
  const word = splitAttributeWord(token.text)
  if ("path" in word) return word.path
  const rest = token.text.slice(word.at)
  const found = rest === "" ? "nothing" : describeToken({ kind: "word", offset: 0, text: rest })
  throw new FilterSyntaxError({ offset: token.offset + word.at, expected: word.expected, found })
}

/** A term has ended and neither `and`, `or` nor `end` follows. A space is right there, so the word behind it is to blame. */
function badContinuation(lexer: Lexer, end: string): FilterSyntaxError {
  const next = lexer.peek()
  const behind = next.kind === "space" ? lexer.peek(1) : next
  return next === behind || behind.kind === "end"
    ? unexpected(next, `"and", "or" or ${end}`)
    : unexpected(behind, '"and" or "or"')
}

function isOperator(token: Token): boolean {
  const name = token.text.toLowerCase()
  return token.kind === "word" && (OPERATORS.has(name) || name === "pr")
}

function isKeyword(token: Token, keyword: string): boolean {
  return token.kind === "word" && token.text.toLowerCase() === keyword
}

/** JSON's literals, lower case as in JSON; numbers beyond a double are refused, and minus zero is zero. */
function literalOf(word: string): CompareValue | undefined {
  if (!NUMBER.test(word)) return LITERALS.get(word)
  const number = Number(word)
  return Number.isFinite(number) ? number + 0 : undefined
}
