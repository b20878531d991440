/**
 * Upper and lower case as .NET has them: one character to one character (FN-TOLOWER-3, FN-TOUPPER-2, inferred). JavaScript's own
 * methods may give several (ß becomes SS) and are used only where they give exactly one.
 */

/** A culture name of RFC 4646, such as `tr-TR`; the empty text is the invariant culture. */
const CULTURE = /^(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)?$/
const TURKIC = /^(?:tr|az)(?:-|$)/i

/** The letters where cultures differ: dotless ı and dotted İ. The invariant culture keeps both as they are. */
const SPECIAL = {
  lower: {
    invariant: new Map([["İ", "İ"]]),
    turkic: new Map([
      ["I", "ı"],
      ["İ", "i"],
    ]),
    other: new Map([["İ", "i"]]),
  },
  upper: {
    invariant: new Map([["ı", "ı"]]),
    turkic: new Map([
      ["i", "İ"],
      ["ı", "I"],
    ]),
    other: new Map<string, string>(),
  },
} as const

/** Whether `name` has the form of a culture name. */
export function isCultureName(name: string): boolean {
  return CULTURE.test(name)
}

/** `text` in lower case. `culture` defaults to the invariant one. */
export function toLower(text: string, culture = ""): string {
  const special = SPECIAL.lower[kindOf(culture)]
  return mapEach(text, (char) => special.get(char) ?? single(char, char.toLowerCase()))
}

/** `text` in upper case. `culture` defaults to the invariant one. */
export function toUpper(text: string, culture = ""): string {
  const special = SPECIAL.upper[kindOf(culture)]
  return mapEach(text, (char) => special.get(char) ?? single(char, char.toUpperCase()))
}

/** A letter that starts a word, and all that .NET's ToTitleCase counts as the same word (FN-PCASE-2, -3). */
const TITLE_WORD = /\p{L}(?:'|[^\p{Z}\p{Cc}\p{Cf}\p{P}\p{S}])*/gu

/** First character of each word upper, the rest lower, with the word boundaries of .NET's TextInfo.ToTitleCase. */
export function toTitleCase(text: string): string {
  return text.replaceAll(TITLE_WORD, capitalised)
}

/** As {@link toTitleCase}, but only the given characters separate words (FN-PCASE-2, documented). */
export function toTitleCaseBetween(text: string, separators: string): string {
  const between = new Set(separators)
  let startsWord = true
  return mapEach(text, (char) => {
    const starts = startsWord
    startsWord = between.has(char)
    return starts ? toUpper(char) : toLower(char)
  })
}

function capitalised(word: string): string {
  const [first = ""] = word
  return toUpper(first) + toLower(word.slice(first.length))
}

function kindOf(culture: string): "invariant" | "turkic" | "other" {
  if (culture === "") return "invariant"
  return TURKIC.test(culture) ? "turkic" : "other"
}

function single(char: string, mapped: string): string {
  return Array.from(mapped).length === 1 ? mapped : char
}

function mapEach(text: string, map: (char: string) => string): string {
  return Array.from(text, map).join("")
}
