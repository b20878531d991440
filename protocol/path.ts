/**
 * Attribute names and PATCH paths (RFC 7644 §3.5.2, §3.10): what `path`, `sortBy`, `attributes` and `excludedAttributes`
 * hold. The grammar cannot tell a bare schema URN from a URN followed by a name (`…:2.0:User`), so callers who want to
 * allow one say which URNs they know.
 */
import type { AttributePath, AttributeSelector, PatchPath } from "./filter/ast.ts"
import { Lexer } from "./filter/lexer.ts"
import { assertLength, attributeOf, parseBracketFilter, takeBracketSub, unexpected } from "./filter/parser.ts"
import type { FilterLimits } from "./filter/parser.ts"
import { FilterSyntaxError, PathSyntaxError } from "./filter/syntax-error.ts"

export interface PathOptions extends FilterLimits {
  /** Schema URNs that may stand alone, as the container of their attributes. Compared without regard to case. Default none. */
  readonly schemas?: readonly string[]
  /**
   * Accepts a dot where the colon belongs behind one of `schemas`, as Entra wrote before December 2018:
   * `urn:…:User.manager` (patch vector P-entra-39). Default false.
   */
  readonly dotAfterSchema?: boolean
}

/**
 * The target of a PATCH operation: `emails[type eq "work"].value`.
 *
 * @throws PathSyntaxError whose `part` tells a broken path (invalidPath) from a broken filter in it (invalidFilter).
 */
export function parsePath(text: string, options: PathOptions = {}): PatchPath {
  return parseWhole(text, options, (lexer, bracket) => {
    const selector = takeSelector(lexer, options)
    const opening = lexer.peek()
    if (opening.kind !== "[") return selector
    if (selector.name === undefined || selector.sub !== undefined) throw unexpected(opening, "the end of the path")
    lexer.take()
    bracket.openedAt = opening.offset
    const filter = parseBracketFilter(lexer, options)
    bracket.openedAt = undefined
    if (lexer.peek().kind === "end") return { ...selector, filter }
    return { ...selector, filter, sub: takeBracketSub(lexer) }
  })
}

/**
 * One attribute, as in `sortBy`: `name.familyName`.
 *
 * @throws PathSyntaxError
 */
export function parseAttributePath(text: string, options: FilterLimits = {}): AttributePath {
  return parseWhole(text, options, (lexer) => takeAttribute(lexer))
}

/**
 * One entry of `attributes` or `excludedAttributes`: an attribute, or one of the known schemas as a whole.
 *
 * @throws PathSyntaxError
 */
export function parseAttributeSelector(text: string, options: PathOptions = {}): AttributeSelector {
  return parseWhole(text, options, (lexer) => takeSelector(lexer, options))
}

/**
 * The query parameters `attributes` and `excludedAttributes`: names separated by commas. Blanks around a name are dropped;
 * an empty parameter is an empty list.
 *
 * @throws PathSyntaxError whose offset counts within the whole list.
 */
export function parseAttributeList(text: string, options: PathOptions = {}): readonly AttributeSelector[] {
  if (text.trim() === "") return []
  let start = 0
  return text.split(",").map((entry) => {
    const offset = start + entry.length - entry.trimStart().length
    start += entry.length + 1
    try {
      return parseAttributeSelector(entry.trim(), options)
    } catch (error) {
      if (error instanceof PathSyntaxError) throw shifted(error, offset)
      throw error
    }
  })
}

/** Where the bracket that is being read was opened. */
interface OpenBracket {
  openedAt: number | undefined
}

function parseWhole<T>(text: string, limits: FilterLimits, parse: (lexer: Lexer, bracket: OpenBracket) => T): T {
  const bracket: OpenBracket = { openedAt: undefined }
  try {
    assertLength(text, limits)
    const lexer = new Lexer(text)
    const result = parse(lexer, bracket)
    if (lexer.peek().kind !== "end") throw unexpected(lexer.peek(), "the end of the path")
    return result
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error
    const { offset, expected, found } = error
    const part = blames(bracket.openedAt, offset, text) ? "filter" : "path"
    throw new PathSyntaxError({ offset, expected, found, part }, { cause: error })
  }
}

/**
 * Brackets that are empty, hold no filter at all (`emails[0]`) or never close make a bad path; a filter that begins well
 * and goes wrong is a bad filter (patch vectors P-path-01, -02, -08, -09, -10).
 */
function blames(openedAt: number | undefined, offset: number, text: string): boolean {
  return openedAt !== undefined && offset > openedAt + 1 && offset < text.length
}

function takeSelector(lexer: Lexer, { schemas = [], dotAfterSchema = false }: PathOptions): AttributeSelector {
  const token = lexer.peek()
  const text = token.text.toLowerCase()
  const known = schemas.map((schema) => schema.toLowerCase())
  if (known.includes(text)) {
    lexer.take()
    return { schema: token.text }
  }
  const dotted = dotAfterSchema ? known.find((schema) => text.startsWith(`${schema}.`)) : undefined
  if (dotted === undefined) return takeAttribute(lexer)
  lexer.take()
  // Read as if the colon stood there: offsets stay the same.
  return attributeOf({ ...token, text: `${token.text.slice(0, dotted.length)}:${token.text.slice(dotted.length + 1)}` })
}

function takeAttribute(lexer: Lexer): AttributePath {
  const token = lexer.peek()
  if (token.kind !== "word") throw unexpected(token, "an attribute name")
  lexer.take()
  return attributeOf(token)
}

function shifted(error: PathSyntaxError, by: number): PathSyntaxError {
  const { offset, expected, found, part } = error
  return new PathSyntaxError({ offset: offset + by, expected, found, part }, { cause: error })
}
