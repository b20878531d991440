/** Turns a name into the alias of an address: ASCII only, as GRAPH-103 asks, by the romanisation people use in addresses. */

/** Letters, and what each becomes; "-" for nothing. */
function toTable(letters: string, romanised: string): readonly (readonly [string, string])[] {
  return romanised.split(" ").map((text, index) => [letters.charAt(index), text === "-" ? "" : text])
}

const ROMANISED: ReadonlyMap<string, string> = new Map([
  // Latin letters that decomposition leaves as they are.
  ...toTable("ßøłđıæœðþ", "ss o l d i ae oe d th"),
  ...toTable("абвгдежзиклмноп", "a b v g d e zh z i k l m n o p"),
  ...toTable("рстуфхцчшщъыьэюя", "r s t u f kh ts ch sh shch - y - e yu ya"),
  ...toTable("αβγδεζηθικλμνξο", "a v g d e z i th i k l m n x o"),
  ...toTable("πρσςτυφχψω", "p r s s t y f ch ps o"),
])

const PLAIN = /^[a-z0-9-]*$/

/** Names come from lists of some hundreds a locale, and each comes back thousands of times. */
const words = new Map<string, string>()
/** More than all the lists hold: whoever brings other names does not fill the memory. */
const WORDS_MAX = 50_000

function toAsciiWord(name: string): string {
  let word = words.get(name)
  if (word === undefined) {
    word = romanise(name)
    if (words.size < WORDS_MAX) words.set(name, word)
  }
  return word
}

function romanise(name: string): string {
  const lower = name.toLowerCase()
  if (PLAIN.test(lower)) return lower
  // Decomposed first: й becomes и and a mark, ü becomes u and a mark; the marks go.
  const letters = Array.from(lower.normalize("NFD"), (letter) => ROMANISED.get(letter) ?? letter)
  return letters.join("").replaceAll(/[^a-z0-9-]/g, "")
}

/** `ada.lovelace` for Ada Lovelace; null where the script has no letter-by-letter romanisation (Japanese, Arabic …). */
export function toAsciiAlias(givenName: string, surname: string): string | null {
  const words = [toAsciiWord(givenName), toAsciiWord(surname)]
  return words.every((word) => word !== "") ? words.join(".") : null
}
