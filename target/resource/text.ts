/**
 * How texts are made comparable (RFC 7644 §5 and §7.8): composed form first, so that two spellings of "é" are one, then
 * letter case where the schema says that it has no meaning. Lower-casing is simple and without locale: "ß" and "ss" stay
 * different (vector F-escape-15), and both forms of small sigma are one.
 */
import { USER_URN } from "../../protocol/index.ts"
import type { AttributeDefinition } from "../../protocol/index.ts"

/**
 * `folded`: case has no meaning. `composed`: case counts, Unicode form does not. `verbatim`: every code point counts.
 * `username`: folded, and wide and narrow forms of one character are one, as PRECIS has it (RFC 8265 §3.3.1, RFC7644-5-01).
 */
export type Comparison = "folded" | "username" | "composed" | "verbatim"

/** Characters that are another one in a different width: Unicode decomposes them by <wide> and <narrow>. */
const OTHER_WIDTH = /[\u3000\uff01-\uffee]/g

const BEYOND_ASCII = /[^\0-\x7f]/

/** The text as `comparison` sees it; two texts are equal exactly if these are. */
export function comparable(comparison: Comparison, text: string): string {
  // Nearly every text: there are no other forms and widths of ASCII.
  if (!BEYOND_ASCII.test(text)) return comparison === "folded" || comparison === "username" ? text.toLowerCase() : text
  switch (comparison) {
    case "username":
      return comparable(
        "folded",
        text.replaceAll(OTHER_WIDTH, (character) => character.normalize("NFKC")),
      )
    case "folded":
      return text.toLowerCase().replaceAll("ς", "σ").normalize("NFC")
    case "composed":
      return text.normalize("NFC")
    case "verbatim":
      return text
  }
}

/** How values of an attribute of that schema compare: by `caseExact`; references and binaries as they are (RFC7643-2.3.7-04). */
export function comparisonOf(definition: AttributeDefinition, schema: string): Comparison {
  if (schema === USER_URN && definition.name === "userName") return "username"
  if (definition.type === "reference" || definition.type === "binary") return "verbatim"
  return definition.caseExact ? "composed" : "folded"
}

/** Orders two texts by code points, as SQLite's BINARY does (RFC7644-3.4.2.3-04): negative, zero or positive. */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index += 1) {
    const difference = rank(left.charCodeAt(index)) - rank(right.charCodeAt(index))
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Moves surrogates behind the rest of the basic plane, which makes UTF-16 order the order of code points. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
