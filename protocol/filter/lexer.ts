/**
 * Cuts a filter or path into tokens, one at a time. Blanks are tokens, since the grammar has exactly one space at fixed
 * places. A word is any run of the characters that names, URNs, operators, numbers and literals are made of: which of
 * these it is depends on where it stands, so the parser decides.
 */
import { FilterSyntaxError } from "./syntax-error.ts"

export type Token =
  | { readonly kind: "word" | "other"; readonly offset: number; readonly text: string }
  | { readonly kind: "string"; readonly offset: number; readonly text: string; readonly value: string }
  | { readonly kind: "space" | "(" | ")" | "[" | "]" | "end"; readonly offset: number; readonly text: string }

const WORD = /[A-Za-z0-9$_.:~%+@!*;=/?&#-]+/y
const SINGLE = new Map<string, "space" | "(" | ")" | "[" | "]">([
  [" ", "space"],
  ["(", "("],
  [")", ")"],
  ["[", "["],
  ["]", "]"],
])
const ESCAPES = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
])
const HEX_4 = /[0-9A-Fa-f]{4}/y
const FIRST_PRINTABLE = 0x20
const SHOWN_CHARACTERS = 40

/** Reads tokens on demand, so that the first error in the text is the one that is reported. */
export class Lexer {
  readonly #text: string
  readonly #ahead: Token[] = []
  #offset = 0

  constructor(text: string) {
    this.#text = text
  }

  /** The token `distance` places ahead, without taking it. Throws {@link FilterSyntaxError} on a broken string literal. */
  peek(distance = 0): Token {
    for (;;) {
      const token = this.#ahead[distance]
      if (token !== undefined) return token
      this.#ahead.push(this.#read())
    }
  }

  take(): Token {
    const token = this.peek()
    this.#ahead.shift()
    return token
  }

  #read(): Token {
    const offset = this.#offset
    const character = this.#text.charAt(offset)
    if (character === "") return { kind: "end", offset, text: "" }
    if (character === '"') return this.#readString()
    const single = SINGLE.get(character)
    if (single !== undefined) return this.#advance({ kind: single, offset, text: character })
    WORD.lastIndex = offset
    const word = WORD.exec(this.#text)?.[0]
    if (word !== undefined) return this.#advance({ kind: "word", offset, text: word })
    return this.#advance({ kind: "other", offset, text: codePointAt(this.#text, offset) })
  }

  #advance(token: Token): Token {
    this.#offset += token.text.length
    return token
  }

  /** A JSON string (RFC 8259 §7): every escape is decoded, raw control characters are refused. */
  #readString(): Token {
    const start = this.#offset
    let value = ""
    let offset = start + 1
    for (;;) {
      const character = this.#text.charAt(offset)
      if (character === '"') break
      if (character === "") throw new FilterSyntaxError({ offset, expected: 'a closing "', found: "the end" })
      if (character === "\\") {
        const escape = this.#readEscape(offset)
        value += escape.value
        offset += escape.length
        continue
      }
      if (character.charCodeAt(0) < FIRST_PRINTABLE) {
        const expected = "control characters in a string to be escaped, as \\n or \\u000a"
        throw new FilterSyntaxError({ offset, expected, found: "a raw control character" })
      }
      value += character
      offset += 1
    }
    return this.#advance({ kind: "string", offset: start, text: this.#text.slice(start, offset + 1), value })
  }

  #readEscape(offset: number): { readonly value: string; readonly length: number } {
    const letter = this.#text.charAt(offset + 1)
    const simple = ESCAPES.get(letter)
    if (simple !== undefined) return { value: simple, length: 2 }
    HEX_4.lastIndex = offset + 2
    const hex = letter === "u" ? HEX_4.exec(this.#text)?.[0] : undefined
    if (hex !== undefined) return { value: String.fromCharCode(Number.parseInt(hex, 16)), length: 6 }
    const expected = 'one of the JSON escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX'
    throw new FilterSyntaxError({ offset, expected, found: letter === "" ? "the end" : quote(`\\${letter}`) })
  }
}

/** How an error message names a token. The content of strings stays out: it may be a person's. */
export function describeToken(token: Token): string {
  if (token.kind === "end") return "the end"
  if (token.kind === "space") return "a space"
  if (token.kind === "string") return "a string"
  return quote(token.text)
}

function quote(text: string): string {
  return JSON.stringify(text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text)
}

function codePointAt(text: string, offset: number): string {
  return String.fromCodePoint(text.codePointAt(offset) ?? 0)
}
