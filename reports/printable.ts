/**
 * What an endpoint answers is not ours to trust: escape sequences can rewrite a terminal, and direction overrides can make a
 * line read as something else. Such characters are shown by their number; everything else, emoji and right-to-left text
 * included, stays as it is.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF]/gu

/** `text` with control characters (line feed and tab excepted), lone surrogates and direction overrides as `\u{…}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) =>
    character === "\n" || character === "\t" ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
}

/** {@link printable} on one line. */
export function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, " ").trim())
}
