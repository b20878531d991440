/** JSON texts of clients, as deep as they may be. */
import type { JsonValue } from "../json.ts"
import { badRequest } from "../scim-error.ts"

/** The value of a JSON text. @throws ScimError 400 invalidSyntax where it is none, or nests too deep to be looked at */
export function parseJson(text: string, maxDepth: number): JsonValue {
  if (opensMoreThan(text, maxDepth) && isDeeper(text, maxDepth))
    throw badRequest("invalidSyntax", `JSON may be nested ${maxDepth} levels deep at most.`)
  try {
    const value: JsonValue = JSON.parse(text)
    return value
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest("invalidSyntax", "The body is not JSON.", error)
    throw error
  }
}

/** Whether so many objects and arrays could be open at all, as brackets say wherever they stand: found in a fraction of the time. */
function opensMoreThan(text: string, most: number): boolean {
  let left = most
  for (const opening of ["{", "["]) {
    for (let place = text.indexOf(opening); place !== -1; place = text.indexOf(opening, place + 1)) {
      left -= 1
      if (left < 0) return true
    }
  }
  return false
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENING_BRACKET = 0x5b
const OPENING_BRACE = 0x7b
const CLOSING_BRACKET = 0x5d
const CLOSING_BRACE = 0x7d

/** Whether more objects and arrays are open at once; brackets inside strings are none. */
function isDeeper(text: string, maxDepth: number): boolean {
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) index = endOfString(text, index)
    else if (code === OPENING_BRACE || code === OPENING_BRACKET) depth += 1
    else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) depth -= 1
    if (depth > maxDepth) return true
  }
  return false
}

/** Where the string that opens there ends; at the end of the text where it never does. */
function endOfString(text: string, opening: number): number {
  let end = text.indexOf('"', opening + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

/** Whether an odd number of backslashes stands in front. */
function isEscaped(text: string, place: number): boolean {
  let first = place
  while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1
  return (place - first) % 2 === 1
}
