/**
 * Recursive descent over the tokens of an expression (MAP-1xx). The parser also checks what a call may look like, since a bad
 * expression is refused when the mapping is saved, not when it runs (MAP-221, observed).
 */
import { nearest } from "../../../protocol/index.ts"
import { findFunction, functionDefinitions } from "../functions/index.ts"
import type { FunctionDefinition } from "../functions/definition.ts"
import type { CallNode, ComparisonNode, Expression, Operand } from "./ast.ts"
import { ExpressionSyntaxError } from "./errors.ts"
import { tokenize, type Token } from "./lexer.ts"

/** Characters of one mapping expression at most (MAP-113, documented). */
export const EXPRESSION_LENGTH_MAX = 10_000

/**
 * Calls inside calls at most. Entra documents none ("any depth", MAP-101), but recursion must end before the stack does; real
 * expressions stay far below.
 */
const EXPRESSION_DEPTH_MAX = 500

/** Bare identifiers (MAP-107). */
const KEYWORDS = ["vbTextCompare", "vbBinaryCompare", "IgnoreAttributeFlow", "IgnoreObjectFlow"] as const
const CLOUD_SYNC_KEYWORDS = ["UTF8", "ASCII", "Unicode"] as const

export interface ParseOptions {
  /** Accepts the functions and identifiers of Cloud Sync's language too (FN-LIST-3, RES-19). Default false. */
  readonly cloudSync?: boolean
  /** Accepts function names in any case; by default they are case-sensitive (MAP-112). */
  readonly lenientNames?: boolean
}

/**
 * The syntax tree of a mapping expression. At the top stands a call, or, as the schema's JSON writes direct and constant
 * mappings, a lone attribute or constant (MAP-110, MAP-114).
 *
 * @throws ExpressionSyntaxError
 */
export function parseExpression(text: string, options: ParseOptions = {}): Expression {
  if (text.length > EXPRESSION_LENGTH_MAX) {
    throw new ExpressionSyntaxError({
      code: "ExpressionTooLong",
      offset: EXPRESSION_LENGTH_MAX,
      expected: `at most ${EXPRESSION_LENGTH_MAX} characters`,
      found: String(text.length),
    })
  }
  const parser = new Parser(tokenize(text), options)
  return parser.parse()
}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #options: ParseOptions
  #position = 0
  #depth = 0

  constructor(tokens: readonly Token[], options: ParseOptions) {
    this.#tokens = tokens
    this.#options = options
  }

  parse(): Expression {
    const expression = this.#operand(true)
    const next = this.#peek()
    if (next.kind !== "end") {
      throw unexpected(next, "the end of the expression", hintBehind(next))
    }
    if (expression.kind === "keyword") {
      throw new ExpressionSyntaxError({ offset: expression.at, expected: "a function call", found: expression.name })
    }
    return expression
  }

  #peek(): Token {
    return this.#tokens[this.#position] ?? { kind: "end", at: 0 }
  }

  #take(): Token {
    const token = this.#peek()
    this.#position += 1
    return token
  }

  /** An argument: an operand, or two of them compared (MAP-110). */
  #argument(): Expression {
    const left = this.#operand(false)
    const token = this.#peek()
    if (token.kind !== "operator") return left
    this.#take()
    const comparison: ComparisonNode = {
      kind: "comparison",
      operator: token.value,
      left,
      right: this.#operand(false),
      at: left.at,
    }
    return comparison
  }

  #operand(outermost: boolean): Operand {
    const token = this.#take()
    switch (token.kind) {
      case "attribute":
        return { kind: "attribute", name: token.value, at: token.at }
      case "text":
        return { kind: "text", value: token.value, at: token.at }
      case "number":
        return { kind: "number", text: token.value, at: token.at }
      case "name":
        return this.#peek().kind === "("
          ? this.#call(token.value, token.at, outermost)
          : this.#keyword(token.value, token.at)
      default:
        throw unexpected(token, "an attribute, a constant or a function call")
    }
  }

  #keyword(name: string, at: number): Operand {
    const known: readonly string[] = this.#options.cloudSync === true ? [...KEYWORDS, ...CLOUD_SYNC_KEYWORDS] : KEYWORDS
    if (known.includes(name)) return { kind: "keyword", name, at }
    const isFunction = findFunction(name) !== undefined
    throw new ExpressionSyntaxError({
      offset: at,
      expected: isFunction ? `( behind ${name}` : "an attribute in [ ] or a constant in double quotes",
      found: JSON.stringify(name),
      ...withHint(didYouMean(name, known)),
    })
  }

  #call(written: string, at: number, outermost: boolean): CallNode {
    const definition = this.#functionNamed(written, at)
    if (definition.outermostOnly === true && !outermost) {
      throw new ExpressionSyntaxError({
        offset: at,
        expected: "a function that can be nested",
        found: definition.name,
        hint: `${definition.name} stands outermost only.`,
      })
    }
    this.#take()
    this.#depth += 1
    if (this.#depth > EXPRESSION_DEPTH_MAX) {
      const expected = `at most ${EXPRESSION_DEPTH_MAX} calls inside one another`
      throw new ExpressionSyntaxError({ offset: at, expected, found: "one more" })
    }
    const args = this.#arguments()
    this.#depth -= 1
    const call: CallNode = { kind: "call", name: definition.name, args, at }
    assertCallable(call, definition)
    return call
  }

  /** Everything up to the closing parenthesis; empty places are null (MAP-108). */
  #arguments(): readonly (Expression | null)[] {
    if (this.#peek().kind === ")") {
      this.#take()
      return []
    }
    const args: (Expression | null)[] = []
    for (;;) {
      const next = this.#peek().kind
      args.push(next === "," || next === ")" ? null : this.#argument())
      const separator = this.#take()
      if (separator.kind === ")") return args
      if (separator.kind !== ",") throw unexpected(separator, ", or )", hintBehind(separator))
    }
  }

  #functionNamed(written: string, at: number): FunctionDefinition {
    const usable = functionDefinitions({ cloudSync: this.#options.cloudSync === true })
    const exact = usable.find(({ name }) => name === written)
    if (exact !== undefined) return exact
    if (this.#options.lenientNames === true) {
      const lenient = usable.find(({ name }) => name.toLowerCase() === written.toLowerCase())
      if (lenient !== undefined) return lenient
    }
    throw new ExpressionSyntaxError({
      offset: at,
      expected: "a function of app provisioning",
      found: JSON.stringify(written),
      ...withHint(this.#hintForFunction(written, usable)),
    })
  }

  #hintForFunction(written: string, usable: readonly FunctionDefinition[]): string | undefined {
    if (findFunction(written)?.cloudSyncOnly === true) return `${written} belongs to Cloud Sync's expression language.`
    const hint = didYouMean(
      written,
      usable.map(({ name }) => name),
    )
    const isCase = usable.some(({ name }) => name.toLowerCase() === written.toLowerCase())
    return isCase ? `${hint} Function names are case-sensitive.` : hint
  }
}

/** @throws ExpressionSyntaxError where places are missing, empty or too many. */
function assertCallable(call: CallNode, definition: FunctionDefinition): void {
  const { parameters } = definition
  const provided = (index: number) => (call.args[index] ?? null) !== null
  const last = parameters.at(-1)
  if (call.args.length > parameters.length && last?.repeats !== true) {
    throw miscalled(call, `at most ${parameters.length} arguments`)
  }
  const count = Math.max(parameters.length, call.args.length)
  for (let index = 0; index < count; index += 1) {
    const parameter = parameters[index] ?? last
    if (parameter !== undefined && parameter.optional !== true && !provided(index)) {
      throw miscalled(call, `${parameter.name} (argument ${index + 1})`)
    }
  }
  const expected = definition.expects?.({ count: call.args.length, provided }) ?? null
  if (expected !== null) throw miscalled(call, expected)
}

function miscalled(call: CallNode, expected: string): ExpressionSyntaxError {
  const places = call.args.length === 1 ? "1 argument" : `${call.args.length} arguments`
  return new ExpressionSyntaxError({ offset: call.at, expected: `${call.name} with ${expected}`, found: places })
}

function unexpected(token: Token, expected: string, hint?: string): ExpressionSyntaxError {
  return new ExpressionSyntaxError({ offset: token.at, expected, found: describe(token), ...withHint(hint) })
}

function describe(token: Token): string {
  switch (token.kind) {
    case "end":
      return "the end"
    case "attribute":
      return `[${token.value}]`
    case "text":
      return "a constant"
    case "number":
    case "name":
    case "operator":
      return token.value
    default:
      return token.kind
  }
}

/** What people coming from elsewhere write behind a call (MAP-116, MAP-110). */
function hintBehind(token: Token): string | undefined {
  if (token.kind === "attribute" && /^\d+$/.test(token.value)) return "A single value is taken with Item(…, number)."
  if (token.kind === "operator") return "A comparison stands only inside a call, as in IIF([a] = [b], …)."
  if (token.kind === "name" && /^(?:and|or)$/i.test(token.value))
    return "There is no AND or OR; nest one IIF in the other."
  return undefined
}

function didYouMean(name: string, candidates: readonly string[]): string | undefined {
  const meant = nearest(name, candidates)
  return meant === undefined ? undefined : `Did you mean ${meant}?`
}

function withHint(hint: string | undefined): { hint?: string } {
  return hint === undefined ? {} : { hint }
}
