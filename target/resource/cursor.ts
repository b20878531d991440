/**
 * Cursors (RFC 9865): where a walk through the results stands. A cursor holds its place itself, so that nothing has to be
 * kept for it and it never expires. It gives no rights: whoever sends one is checked as for any request (RFC9865-5.2-01).
 */
import { hash } from "node:crypto"
import { isJsonArray } from "../json.ts"
import type { JsonValue } from "../json.ts"
import { badRequest } from "../scim-error.ts"
import type { SqlParam } from "../store/sql.ts"

/** The last resource of the page before. */
export interface Place {
  readonly seq: number
  /** The value that the resource is sorted by; null where it has none, or nothing is sorted. */
  readonly key: SqlParam | null
}

/** What has to stay the same during a walk. */
export interface Walk {
  /** What was asked: resource types, filter, sorting. */
  readonly question: readonly JsonValue[]
  readonly count: number
}

/** The cursor for what comes behind a place: characters that need no escaping in a URL (RFC9865-2-04). */
export function toCursor(walk: Walk, { seq, key }: Place): string {
  const content = JSON.stringify([seq, key, walk.count])
  return Buffer.from(JSON.stringify([content, sealOf(walk.question, content)])).toString("base64url")
}

/**
 * The place of a cursor.
 *
 * @throws ScimError 400 invalidCursor where it is none of this question, whatever the reason (RFC9865-5.2-02); invalidCount
 * where the walk began with another count.
 */
export function readCursor(cursor: string, walk: Walk): Place {
  const [content, seal] = parseList(Buffer.from(cursor, "base64url").toString())
  if (typeof content !== "string" || seal !== sealOf(walk.question, content)) throw invalidCursor()
  const [seq, key = null, count] = parseList(content)
  if (typeof seq !== "number" || isJsonArray(key) || (typeof key === "object" && key !== null)) throw invalidCursor()
  if (count !== walk.count) throw badRequest("invalidCount", "count must stay what it was on the first page.")
  return { seq, key: typeof key === "boolean" ? null : key }
}

/** Ties a cursor to its question, and shows what was not made here. It is no secret. */
function sealOf(question: readonly JsonValue[], content: string): string {
  return hash("sha256", JSON.stringify([question, content]), "base64url").slice(0, 16)
}

function parseList(text: string): readonly JsonValue[] {
  try {
    const list: JsonValue = JSON.parse(text)
    return isJsonArray(list) ? list : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

function invalidCursor(): Error {
  return badRequest("invalidCursor", "The cursor is none that this query gave: begin again without one.")
}
