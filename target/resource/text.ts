/**
 * How texts are made comparable (RFC 7644 §5 and §7.8): composed form first, so that two spellings of "é" are one, then
 * letter case where the schema says that it has no meaning. Lower-casing is simple and without locale: "ß" and "ss" stay
 * different (vector F-escape-15), and both forms of small sigma are one.
 */
import type { AttributeDefinition } from "../../protocol/index.ts"

/** `folded`: case has no meaning. `composed`: case counts, Unicode form does not. `verbatim`: every code point counts. */
export type Comparison = "folded" | "composed" | "verbatim"

/** The text as `comparison` sees it; two texts are equal exactly if these are. */
export function comparable(comparison: Comparison, text: string): string {
  switch (comparison) {
    case "folded":
      return text.toLowerCase().replaceAll("ς", "σ").normalize("NFC")
    case "composed":
      return text.normalize("NFC")
    case "verbatim":
      return text
  }
}

/** How values of an attribute compare: by `caseExact`; references and binaries as they are (RFC7643-2.3.7-04). */
export function comparisonOf(definition: AttributeDefinition): Comparison {
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
