/**
 * How a name carries the ids of facts. An id is written in full: "ENG-QUAR-03 a refused token …". Several stand side by
 * side, in full, or as a list whose later members are a comma and the last number: "ENG-QUAR-03, -04, -07". A range
 * ("ENG-CYCLE-02..05", "WIRE-096 to -122") names only its first id, so it is refused: whoever reads a range cannot tell
 * which facts in it were thought of.
 */

const ID = [
  String.raw`(?:ENG|PROD|FN)-[A-Z0-9]+`,
  String.raw`WIRE|MAP|SCOPE|GRAPH|RES`,
  String.raw`RFC\d{4}-\d+(?:\.\d+)*`,
  String.raw`draft(?:-[a-z]+)+(?:-\d\d)?-\d+(?:\.\d+)*`,
].join("|")

/** An id, with the rest of its list. */
const LIST = new RegExp(String.raw`(?<![\w.-])(?<stem>${ID})-(?<first>\d+)(?<rest>(?:,\s*-\d+)*)(?!\w)`, "g")

/** What follows an id where somebody meant more than it says. */
const ABBREVIATION = /^(?:(?:\.{2,}|[…–—/])-?\d+|\s+(?:to|and|or|&|–|—)\s+-\d+)/

/** What a name says of facts. */
export interface NamedIds {
  readonly ids: readonly string[]
  /** Ranges and other shortened forms, as they stand there. */
  readonly abbreviated: readonly string[]
}

/** The ids that a name carries, in their order, whether such facts exist or not. */
export function namedIds(name: string): NamedIds {
  const ids: string[] = []
  const abbreviated: string[] = []
  for (const match of name.matchAll(LIST)) {
    const { stem = "", first = "", rest = "" } = match.groups ?? {}
    ids.push(...[first, ...(rest.match(/\d+/g) ?? [])].map((number) => `${stem}-${number}`))
    const after = ABBREVIATION.exec(name.slice(match.index + match[0].length))
    if (after !== null) abbreviated.push(match[0] + after[0])
  }
  return { ids, abbreviated }
}
