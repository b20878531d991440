/** The word that names an attribute: `[URI ":"] name ["." name]` (RFC 7644 §3.10, with errata 8924 for `$ref`). */
import type { AttributePath } from "./ast.ts"

/** RFC 7643 §2.1 with erratum 8924: "$" may also lead, for `$ref`. */
const NAME = /^\$?[A-Za-z][A-Za-z0-9$_-]*$/
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:.+$/

/** The parts of the word, or why it is no attribute name and at which of its characters. */
export type AttributeWord = { readonly path: AttributePath } | { readonly at: number; readonly expected: string }

/** Splits a word at its last colon and at the dot behind it. Cannot fail slowly: every step is linear. */
export function splitAttributeWord(word: string): AttributeWord {
  const colon = word.lastIndexOf(":")
  const schema = colon === -1 ? undefined : word.slice(0, colon)
  if (schema !== undefined && !URI.test(schema)) return { at: 0, expected: "a schema URN in front of the colon" }
  const [name = "", ...subs] = word.slice(colon + 1).split(".")
  if (!NAME.test(name)) return { at: colon + 1, expected: "an attribute name" }
  const dot = colon + 1 + name.length
  const sub = subs[0]
  if (sub === undefined) return { path: { ...(schema !== undefined && { schema }), name } }
  if (!NAME.test(sub)) return { at: dot + 1, expected: "a sub-attribute name" }
  if (subs.length > 1) return { at: dot + 1 + sub.length, expected: "no more than one sub-attribute" }
  return { path: { ...(schema !== undefined && { schema }), name, sub } }
}

/** Whether the word is a name without URN and without dot: what stands inside brackets and behind them. */
export function isPlainName(word: string): boolean {
  return NAME.test(word)
}
