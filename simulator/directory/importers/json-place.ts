/** Where a value of a JSON text stands. Only needed once something is wrong, so that parsing itself stays JSON.parse. */

/** Steps from the root to a value: property names and indexes, as zod gives them. */
export type JsonPath = readonly PropertyKey[]

const SPACE = /[\s,:]*/y
const STRING = /"(?:[^"\\]|\\.)*"/y
const SCALAR = /[^\s,\]}]+/y

/** The offset of a value in a valid JSON text; of the last step that exists, where the path leads nowhere. */
export function offsetOf(text: string, path: JsonPath): number {
  const reader = { text, offset: 0 }
  skip(reader, SPACE)
  for (const step of path) {
    if (!enter(reader, step)) break
  }
  return reader.offset
}

interface Reader {
  readonly text: string
  offset: number
}

/** Passes what the pattern matches here, and gives it. */
function skip(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.offset
  const matched = pattern.exec(reader.text)?.[0] ?? ""
  reader.offset += matched.length
  return matched
}

/** Moves from a container to the value of one of its entries; false, unmoved, where it has no such entry. */
function enter(reader: Reader, step: PropertyKey): boolean {
  const start = reader.offset
  const open = reader.text[start]
  if (open !== "{" && open !== "[") return false
  reader.offset++
  for (let index = 0; ; index++) {
    skip(reader, SPACE)
    const next = reader.text[reader.offset]
    if (next === undefined || next === "}" || next === "]") break
    const key: PropertyKey = open === "{" ? (JSON.parse(skip(reader, STRING)) as string) : index
    skip(reader, SPACE)
    if (key === step) return true
    skipValue(reader)
  }
  reader.offset = start
  return false
}

function skipValue(reader: Reader): void {
  let depth = 0
  do {
    skip(reader, SPACE)
    const next = reader.text[reader.offset]
    if (next === undefined) return
    if (next === "{" || next === "[") {
      depth++
      reader.offset++
    } else if (next === "}" || next === "]") {
      depth--
      reader.offset++
    } else {
      skip(reader, next === '"' ? STRING : SCALAR)
    }
  } while (depth > 0)
}
