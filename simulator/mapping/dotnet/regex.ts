/**
 * .NET regular expressions, translated to JavaScript's (FN-REPLACE-9, inferred: culture-invariant, no options). The pattern is
 * rewritten token by token for the `u` flag: \d, \w, \s and . mean what .NET means, $ also matches before a final newline, and
 * groups are numbered as .NET does (unnamed ones first). What JavaScript cannot express is refused, never approximated.
 *
 * NOTE: nothing here can stop a pattern that backtracks without end; .NET has a time limit for that, JavaScript has not.
 */

/** A pattern that .NET would refuse, or that has no translation. */
export class PatternError extends Error {
  override readonly name = "PatternError"
}

export interface NetRegex {
  readonly source: string
  /** With positions of groups; without `g`. */
  readonly flags: string
  /** For each of JavaScript's groups, in order: the name of .NET's group, its number where it has no name. */
  readonly groups: readonly string[]
}

/** Translations of the classes that differ; each can also stand inside brackets. */
const CLASSES: Readonly<Record<string, string>> = {
  d: "\\p{Nd}",
  D: "\\P{Nd}",
  w: "\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}",
  s: "\\f\\n\\r\\t\\v\\u0085\\p{Z}",
}
/** Complements that have to be written as a class of their own. */
const COMPLEMENTS: Readonly<Record<string, string>> = { W: "w", S: "s" }
/** Escapes of one character that mean the same in both dialects. */
const SAME_ESCAPES = new Set(["f", "n", "r", "t", "v"])
const WORD = `[${CLASSES["w"]}]`
const BOUNDARY = `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`
const NOT_BOUNDARY = `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`
const END_OF_TEXT = "(?![^])"
const ANCHORS: Readonly<Record<string, string>> = {
  A: "(?<![^])",
  z: END_OF_TEXT,
  Z: `(?=\\n?${END_OF_TEXT})`,
  b: BOUNDARY,
  B: NOT_BOUNDARY,
}
const SYNTAX_CHARACTER = /[\^$\\.*+?()[\]{}|/]/

const QUANTIFIER = /\{\d+(?:,\d*)?\}/y
const GROUP_NAME = /\(\?(?:<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/y
const LEADING_OPTIONS = /^\(\?([ims]+)\)/

/** Translations are kept: a filter or mapping applies the same few patterns to every object. */
const TRANSLATIONS_MAX = 256
const translations = new Map<string, NetRegex>()

/** Translates a pattern. @throws PatternError */
export function translatePattern(pattern: string): NetRegex {
  const known = translations.get(pattern)
  if (known !== undefined) return known
  const fresh = translated(pattern)
  if (translations.size === TRANSLATIONS_MAX) translations.clear()
  translations.set(pattern, fresh)
  return fresh
}

function translated(pattern: string): NetRegex {
  const options = LEADING_OPTIONS.exec(pattern)
  const body = options === null ? pattern : pattern.slice(options[0].length)
  const translation = new Translation(body, options?.[1] ?? "")
  const result = translation.run()
  try {
    void new RegExp(result.source, result.flags)
  } catch (error) {
    throw new PatternError(`the pattern ${JSON.stringify(pattern)} is not a regular expression`, { cause: error })
  }
  return result
}

class Translation {
  readonly #pattern: string
  readonly #options: string
  readonly #groups: (string | null)[] = []
  /** References by .NET number, resolved once all groups are known: position in the output → number. */
  readonly #output: (string | { readonly reference: number })[] = []
  #at = 0

  constructor(pattern: string, options: string) {
    this.#pattern = pattern
    this.#options = options
  }

  run(): NetRegex {
    while (this.#at < this.#pattern.length) this.#output.push(this.#next())
    const groups = numbered(this.#groups)
    const source = this.#output
      .map((piece) => (typeof piece === "string" ? piece : this.#backreference(piece.reference, groups)))
      .join("")
    return { source, flags: this.#options.includes("i") ? "diu" : "du", groups }
  }

  #next(): string | { readonly reference: number } {
    const char = this.#pattern[this.#at] ?? ""
    if (char === "\\") return this.#escape()
    if (char === "[") return this.#bracket()
    if (char === "(") return this.#group()
    this.#at += 1
    if (char === ".") return this.#options.includes("s") ? "[^]" : "[^\\n]"
    if (char === "$") return this.#options.includes("m") ? "(?=\\n|(?![^]))" : (ANCHORS["Z"] ?? "")
    if (char === "^") return this.#options.includes("m") ? "(?<=\\n|(?<![^]))" : (ANCHORS["A"] ?? "")
    if (char === "{") return this.#brace()
    if (char === "}" || char === "]") return `\\${char}`
    return char
  }

  /** A brace that begins no quantifier is a literal in .NET. */
  #brace(): string {
    QUANTIFIER.lastIndex = this.#at - 1
    const quantifier = QUANTIFIER.exec(this.#pattern)?.[0]
    if (quantifier === undefined) return "\\{"
    this.#at += quantifier.length - 1
    return quantifier
  }

  #group(): string {
    GROUP_NAME.lastIndex = this.#at
    const named = GROUP_NAME.exec(this.#pattern)
    const name = named?.[1] ?? named?.[2]
    if (named !== null && name !== undefined) {
      this.#at += named[0].length
      this.#groups.push(name)
      return `(?<${name}>`
    }
    const opening = /^\((?:\?(?::|=|!|<=|<!))?/.exec(this.#pattern.slice(this.#at))?.[0] ?? "("
    this.#at += opening.length
    if (opening === "(" && this.#pattern[this.#at] === "?") {
      throw this.#unsupported(this.#pattern.slice(this.#at - 1, this.#at + 3))
    }
    if (opening === "(") this.#groups.push(null)
    return opening
  }

  #escape(): string | { readonly reference: number } {
    const char = this.#pattern[this.#at + 1]
    if (char === undefined) throw new PatternError(`the pattern ${JSON.stringify(this.#pattern)} ends in a backslash`)
    const reference = /^\\(?:([1-9]\d*)|k<(\w+)>|k'(\w+)')/.exec(this.#pattern.slice(this.#at))
    if (reference !== null) {
      this.#at += reference[0].length
      const name = reference[2] ?? reference[3]
      return name === undefined ? { reference: Number(reference[1]) } : `\\k<${name}>`
    }
    const anchor = ANCHORS[char]
    if (anchor !== undefined) {
      this.#at += 2
      return anchor
    }
    const { text, isClass } = this.#escapedCharacter()
    return isClass ? `[${text}]` : text
  }

  /** An escape that stands for a character or a class, both inside and outside brackets. */
  #escapedCharacter(): { text: string; isClass: boolean } {
    const rest = this.#pattern.slice(this.#at)
    const char = rest[1] ?? ""
    const coded = /^\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|c[A-Za-z]|[pP]\{[A-Za-z]+\})/.exec(rest)?.[0]
    if (coded !== undefined) {
      this.#at += coded.length
      return { text: coded, isClass: false }
    }
    this.#at += 2
    const known = CLASSES[char]
    if (known !== undefined) return { text: known, isClass: true }
    const complement = COMPLEMENTS[char]
    if (complement !== undefined) return { text: `^${CLASSES[complement] ?? ""}`, isClass: true }
    if (SAME_ESCAPES.has(char)) return { text: `\\${char}`, isClass: false }
    if (char === "a") return { text: "\\u0007", isClass: false }
    if (char === "e") return { text: "\\u001b", isClass: false }
    if (char === "0") return { text: "\\0", isClass: false }
    if (/\w/.test(char)) throw this.#unsupported(`\\${char}`)
    return { text: SYNTAX_CHARACTER.test(char) || char === "-" ? literal(char) : char, isClass: false }
  }

  #bracket(): string {
    const opening = /^\[\^?\]?/.exec(this.#pattern.slice(this.#at))?.[0] ?? "["
    this.#at += opening.length
    // A bracket right behind the opening one is a literal in .NET.
    let text = opening.endsWith("]") ? `${opening.slice(0, -1)}\\]` : opening
    for (;;) {
      const char = this.#pattern[this.#at]
      if (char === undefined) throw new PatternError(`the pattern ${JSON.stringify(this.#pattern)} has a [ without ]`)
      if (char === "]") break
      if (this.#pattern.startsWith("-[", this.#at)) throw this.#unsupported("a class subtraction -[")
      text += this.#classMember(char)
    }
    this.#at += 1
    return `${text}]`
  }

  #classMember(char: string): string {
    if (char !== "\\") {
      this.#at += 1
      return char === "[" || char === "{" || char === "}" || char === "(" || char === ")" ? `\\${char}` : char
    }
    if (this.#pattern[this.#at + 1] === "b") {
      this.#at += 2
      return "\\u0008"
    }
    const { text, isClass } = this.#escapedCharacter()
    if (isClass && text.startsWith("^")) throw this.#unsupported("a complement such as \\W inside brackets")
    // Behind a class the hyphen is a literal, which the u flag wants escaped.
    if (isClass && this.#pattern[this.#at] === "-") {
      this.#at += 1
      return `${text}\\-`
    }
    return text
  }

  /** .NET numbers unnamed groups first, JavaScript all of them in order. */
  #backreference(number: number, groups: readonly string[]): string {
    const index = groupIndex(String(number), groups)
    if (index === null)
      throw new PatternError(`the pattern ${JSON.stringify(this.#pattern)} refers to group ${number}, which it has not`)
    return `(?:\\${index})`
  }

  #unsupported(what: string): PatternError {
    return new PatternError(`the pattern ${JSON.stringify(this.#pattern)} uses ${what}, which is not supported here`)
  }
}

/** .NET's name for each group in the order of the text: unnamed groups count first. */
function numbered(groups: readonly (string | null)[]): readonly string[] {
  let number = 0
  return groups.map((name) => {
    if (name !== null) return name
    number += 1
    return String(number)
  })
}

/** JavaScript's 1-based number of the group that .NET calls `name`, a name or a number; null where there is none. */
export function groupIndex(name: string, groups: readonly string[]): number | null {
  const direct = groups.indexOf(name)
  if (direct !== -1) return direct + 1
  const unnamed = groups.filter((one) => /^\d/.test(one)).length
  const named = groups.filter((one) => !/^\d/.test(one))
  const target = /^\d+$/.test(name) ? named[Number(name) - unnamed - 1] : undefined
  return target === undefined ? null : groups.indexOf(target) + 1
}

function literal(char: string): string {
  return char === "-" ? "\\x2d" : `\\${char}`
}
