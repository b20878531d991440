/**
 * Rules of dynamic groups, as the directory writes them: `user.department -eq "Sales" -and user.accountEnabled -eq true`. Comparisons
 * of one property with a text, true, false, null or a list, joined by -and, -or, -not and brackets. Names are Graph's or the
 * directory's; texts are compared without case. `-any`, `-all`, `memberOf` and rules about devices are not offered, and are refused.
 */
import { nearest } from "../../protocol/index.ts"
import { PatternError, translatePattern } from "../mapping/dotnet/regex.ts"
import { GRAPH_NAMES, isExtensionName, type StoredValue, USER_FLAGS, USER_LISTS, USER_TEXTS } from "./attributes.ts"
import { DirectoryError } from "./directory-error.ts"
import type { User } from "./model.ts"

export type MembershipRule = (user: User) => boolean

type Literal = string | boolean | null

/** Whether a value that is there, as text in lower case, fulfils it against one literal in lower case. */
const TEXT_OPERATORS: Readonly<Record<string, (value: string, literal: string) => boolean>> = {
  eq: (value, literal) => value === literal,
  startsWith: (value, literal) => value.startsWith(literal),
  endsWith: (value, literal) => value.endsWith(literal),
  contains: (value, literal) => value.includes(literal),
  match: (value, literal) => matches(value, literal),
}
/** The opposite of another operator; true of a value that is absent too. */
const OPPOSITES: Readonly<Record<string, string>> = {
  ne: "eq",
  notStartsWith: "startsWith",
  notEndsWith: "endsWith",
  notContains: "contains",
  notMatch: "match",
  notIn: "in",
}
const OPERATORS = [...Object.keys(TEXT_OPERATORS), "in", ...Object.keys(OPPOSITES)]
const ATTRIBUTES: readonly string[] = [...USER_TEXTS, ...USER_LISTS, ...USER_FLAGS]

const TOKEN = /\s*("(?:[^"`]|`.)*"|[()[\],]|[^\s()[\],"]+)/y

interface Token {
  readonly text: string
  /** Counted from 1. */
  readonly position: number
}

/** Throws {@link DirectoryError} with the position of what is wrong. */
export function parseMembershipRule(text: string): MembershipRule {
  const reader = new RuleReader(text)
  const rule = anyOf(reader)
  const left = reader.peek()
  if (left !== undefined) throw reader.error(`"-and", "-or" or the end was expected, not ${left.text}`, left)
  return rule
}

class RuleReader {
  readonly #tokens: readonly Token[]
  readonly #text: string
  #index = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = this.#tokensOf(text)
  }

  #tokensOf(text: string): Token[] {
    const tokens: Token[] = []
    const pattern = new RegExp(TOKEN)
    for (const end = text.trimEnd().length; pattern.lastIndex < end;) {
      const from = pattern.lastIndex
      const [, token] = pattern.exec(text) ?? []
      if (token === undefined) throw this.error("a text is not closed", { text: "", position: from + 1 })
      tokens.push({ text: token, position: pattern.lastIndex - token.length + 1 })
    }
    return tokens
  }

  peek(): Token | undefined {
    return this.#tokens[this.#index]
  }

  next(expected: string): Token {
    const token = this.#tokens[this.#index]
    if (token === undefined) {
      throw this.error(`${expected} was expected, but the rule ends`, { text: "", position: this.#text.length + 1 })
    }
    this.#index += 1
    return token
  }

  /** Takes the token if it is this word, in any case; the hyphen of an operator may be left out. */
  takes(word: string): boolean {
    const isIt = this.peek()?.text.toLowerCase().replace(/^-/, "") === word
    if (isIt) this.#index += 1
    return isIt
  }

  expect(text: string): void {
    const token = this.next(`"${text}"`)
    if (token.text !== text) throw this.error(`"${text}" was expected, not ${token.text}`, token)
  }

  error(problem: string, { position }: Token): DirectoryError {
    return new DirectoryError("InvalidValue", `The membershipRule is wrong at position ${position}: ${problem}.`)
  }
}

function anyOf(reader: RuleReader): MembershipRule {
  const rules = [allOf(reader)]
  while (reader.takes("or")) rules.push(allOf(reader))
  return (user) => rules.some((rule) => rule(user))
}

function allOf(reader: RuleReader): MembershipRule {
  const rules = [term(reader)]
  while (reader.takes("and")) rules.push(term(reader))
  return (user) => rules.every((rule) => rule(user))
}

function term(reader: RuleReader): MembershipRule {
  if (reader.takes("not")) {
    const inner = term(reader)
    return (user) => !inner(user)
  }
  if (!reader.takes("(")) return comparison(reader)
  const inner = anyOf(reader)
  reader.expect(")")
  return inner
}

function comparison(reader: RuleReader): MembershipRule {
  const read = property(reader)
  const operator = operatorOf(reader)
  const at = reader.peek()
  const literals = operator === "in" || operator === "notIn" ? list(reader) : [literal(reader)]
  if (at !== undefined && (operator === "match" || operator === "notMatch")) assertPattern(literals, reader, at)
  const opposite = OPPOSITES[operator]
  const test = opposite === undefined ? positive(operator, literals) : positive(opposite, literals)
  return (user) => test(read(user)) === (opposite === undefined)
}

function assertPattern([pattern]: readonly Literal[], reader: RuleReader, at: Token): void {
  try {
    if (typeof pattern === "string") translatePattern(pattern)
  } catch (error) {
    if (error instanceof PatternError) throw reader.error(error.message, at)
    throw error
  }
}

function property(reader: RuleReader): (user: User) => StoredValue | undefined {
  const token = reader.next("a property such as user.department")
  const [, graphName] = /^user\.(\w+)$/i.exec(token.text) ?? []
  if (graphName === undefined)
    throw reader.error(`a property such as user.department was expected, not ${token.text}`, token)
  const name = GRAPH_NAMES.get(graphName) ?? graphName
  const known = ATTRIBUTES.find((one) => one.toLowerCase() === name.toLowerCase())
  if (known === undefined && name !== "objectId" && !isExtensionName(name)) {
    const meant = nearest(name, ATTRIBUTES)
    throw reader.error(
      `a user has no property ${graphName}${meant === undefined ? "" : `; did you mean ${meant}?`}`,
      token,
    )
  }
  return (user) => (name === "objectId" ? user.id : new Map(Object.entries(user)).get(known ?? name))
}

function operatorOf(reader: RuleReader): string {
  const token = reader.next("an operator such as -eq")
  const name = token.text.replace(/^-/, "").toLowerCase()
  const known = OPERATORS.find((one) => one.toLowerCase() === name)
  if (known !== undefined) return known
  throw reader.error(`${token.text} is no operator; there are ${OPERATORS.map((one) => `-${one}`).join(", ")}`, token)
}

function list(reader: RuleReader): Literal[] {
  reader.expect("[")
  const literals = [literal(reader)]
  while (reader.takes(",")) literals.push(literal(reader))
  reader.expect("]")
  return literals
}

function literal(reader: RuleReader): Literal {
  const token = reader.next("a value")
  const word = token.text.toLowerCase()
  if (word === "true" || word === "false") return word === "true"
  if (word === "null" || word === "$null") return null
  if (token.text.startsWith('"')) return token.text.slice(1, -1).replaceAll(/`(.)/g, "$1")
  throw reader.error(`a text in double quotes, true, false or null was expected, not ${token.text}`, token)
}

function positive(operator: string, literals: readonly Literal[]): (value: StoredValue | undefined) => boolean {
  const passes = TEXT_OPERATORS[operator === "in" ? "eq" : operator] ?? (() => false)
  return (value) => {
    if (value === undefined) return literals.includes(null)
    const values = typeof value === "object" ? value : [value]
    return literals.some((wanted) =>
      values.some((one) =>
        typeof wanted === "string" && typeof one === "string"
          ? passes(one.toLowerCase(), operator === "match" ? wanted : wanted.toLowerCase())
          : one === wanted,
      ),
    )
  }
}

function matches(value: string, pattern: string): boolean {
  const { source, flags } = translatePattern(pattern)
  return new RegExp(source, `${flags}i`).test(value)
}
