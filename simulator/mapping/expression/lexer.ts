/** Cuts an expression into tokens (MAP-101 to MAP-109). White space between tokens is free (MAP-109). */
import { COMPARISON_OPERATORS, type ComparisonOperator } from "./ast.ts"
import { ExpressionSyntaxError } from "./errors.ts"

export type Token =
  | { readonly kind: "attribute" | "text" | "number" | "name"; readonly value: string; readonly at: number }
  | { readonly kind: "operator"; readonly value: ComparisonOperator; readonly at: number }
  | { readonly kind: "(" | ")" | "," | "end"; readonly at: number }

const BLANK = /\s*/y
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y
const NUMBER = /&[Hh][0-9A-Fa-f]+|-?[0-9]+(?:\.[0-9]+)?/y
const OPERATOR = /<>|>=|<=|=|>|</y
const QUOTED = /"(?:[^"\\]|\\[^])*"/y
const BRACKETED = /\[([^[\]]+)\]/y

/** The tokens of `text`, closed by one of kind "end". @throws ExpressionSyntaxError */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = skipBlanks(text, 0)
  while (at < text.length) {
    const { token, end } = tokenAt(text, at)
    tokens.push(token)
    at = skipBlanks(text, end)
  }
  tokens.push({ kind: "end", at: text.length })
  return tokens
}

function skipBlanks(text: string, at: number): number {
  return at + (match(BLANK, text, at)?.[0].length ?? 0)
}

function tokenAt(text: string, at: number): { token: Token; end: number } {
  const char = text[at]
  if (char === "(" || char === ")" || char === ",") return { token: { kind: char, at }, end: at + 1 }
  if (char === '"') return quoted(text, at)
  if (char === "[") return bracketed(text, at)
  const operator = match(OPERATOR, text, at)?.[0]
  if (operator !== undefined && isOperator(operator)) {
    return { token: { kind: "operator", value: operator, at }, end: at + operator.length }
  }
  for (const [kind, pattern] of [
    ["name", NAME],
    ["number", NUMBER],
  ] as const) {
    const value = match(pattern, text, at)?.[0]
    if (value !== undefined) return { token: { kind, value, at }, end: at + value.length }
  }
  throw strange(text, at)
}

function quoted(text: string, at: number): { token: Token; end: number } {
  const source = match(QUOTED, text, at)?.[0]
  if (source === undefined) {
    throw new ExpressionSyntaxError({ offset: at, expected: 'a closing "', found: "a constant that does not end" })
  }
  // MAP-104 (inferred): only \" and \\ are escapes; any other backslash stays, as regular expressions need it.
  const value = source.slice(1, -1).replaceAll(/\\(["\\])/g, "$1")
  return { token: { kind: "text", value, at }, end: at + source.length }
}

function bracketed(text: string, at: number): { token: Token; end: number } {
  const found = match(BRACKETED, text, at)
  const name = found?.[1]
  if (found === null || name === undefined) {
    throw new ExpressionSyntaxError({
      offset: at,
      expected: "an attribute name and ]",
      found: text.startsWith("[]", at) ? "[]" : "a bracket that does not close",
    })
  }
  return { token: { kind: "attribute", value: name, at }, end: at + found[0].length }
}

/** What other products write, and what to write instead (MAP-115, MAP-117). */
const HINTS: Readonly<Record<string, string>> = {
  "'": "Constants stand in double quotes.",
  "&": "Texts are joined with Join or Append; & belongs to Cloud Sync and Connect Sync.",
  "+": "Texts are joined with Join or Append.",
  "%": "%variables% belong to Connect Sync.",
  $: "$item belongs to Connect Sync.",
}

function strange(text: string, at: number): ExpressionSyntaxError {
  const found = String.fromCodePoint(text.codePointAt(at) ?? 0)
  const hint = HINTS[found]
  return new ExpressionSyntaxError({
    offset: at,
    expected: 'an attribute in [ ], a constant in " " or a function call',
    found: JSON.stringify(found),
    ...(hint !== undefined && { hint }),
  })
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function isOperator(text: string): text is ComparisonOperator {
  return COMPARISON_OPERATORS.some((operator) => operator === text)
}
