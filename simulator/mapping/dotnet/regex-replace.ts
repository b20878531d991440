/** Replacing by a .NET regular expression: Regex.Replace, and the two group forms of the Replace function. */
import { groupIndex, translatePattern, type NetRegex } from "./regex.ts"

/** `$$`, `$&`, `` $` ``, `$'`, `$+`, `$_`, `$1`, `${1}`, `${name}` in a replacement. */
const SUBSTITUTION = /\$(?:(?<sign>[$&`'+_])|(?<number>\d+)|\{(?<name>\w+)\})/g

/** Every match replaced, with substitutions expanded as .NET does; unknown ones stay as written. @throws PatternError */
export function replaceMatches(source: string, pattern: string, replacement: string): string {
  const regex = translatePattern(pattern)
  return rewritten(source, regex, (match) => [
    { start: match.index, end: match.index + match[0].length, text: expanded(replacement, match, regex, source) },
  ])
}

/** In every match, only the text that the named group captured is replaced (FN-REPLACE-5, documented). @throws PatternError */
export function replaceGroup(source: string, pattern: string, group: string, replacement: string): string {
  const regex = translatePattern(pattern)
  const index = groupIndex(group, regex.groups)
  return rewritten(source, regex, (match) => {
    const place = index === null ? undefined : match.indices?.[index]
    return place === undefined ? [] : [{ start: place[0], end: place[1], text: replacement }]
  })
}

/** What the named group captured in the first match; null without a match (FN-REPLACE-6, -8). @throws PatternError */
export function captureGroup(source: string, pattern: string, group: string): string | null {
  const { source: text, flags, groups } = translatePattern(pattern)
  const index = groupIndex(group, groups)
  const match = new RegExp(text, flags).exec(source)
  return index === null ? null : (match?.[index] ?? null)
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

function rewritten(source: string, regex: NetRegex, edits: (match: RegExpExecArray) => readonly Edit[]): string {
  let result = ""
  let at = 0
  for (const match of source.matchAll(new RegExp(regex.source, `${regex.flags}g`))) {
    for (const { start, end, text } of edits(match)) {
      result += source.slice(at, start) + text
      at = end
    }
  }
  return result + source.slice(at)
}

function expanded(replacement: string, match: RegExpExecArray, regex: NetRegex, source: string): string {
  return replacement.replaceAll(SUBSTITUTION, (written: string, ...rest: unknown[]) => {
    const { sign, number, name } = toGroups(rest.at(-1))
    if (sign !== undefined) return special(sign, match, source)
    const wanted = number ?? name ?? ""
    if (wanted === "0") return match[0]
    const index = groupIndex(wanted, regex.groups)
    return index === null ? written : (match[index] ?? "")
  })
}

function toGroups(value: unknown): { sign?: string; number?: string; name?: string } {
  return typeof value === "object" && value !== null ? value : {}
}

function special(sign: string, match: RegExpExecArray, source: string): string {
  switch (sign) {
    case "&":
      return match[0]
    case "`":
      return source.slice(0, match.index)
    case "'":
      return source.slice(match.index + match[0].length)
    case "_":
      return source
    case "+":
      return match.at(-1) ?? ""
    default:
      return "$"
  }
}
