/** Sorting (RFC 7644 §3.4.2.3) as SQL. Resources without the value come last ascending and first descending. */
import { badRequest } from "../scim-error.ts"
import { COMPARISON_FUNCTIONS, INSTANT_FUNCTION } from "../store/database.ts"
import { combine, literal, sql } from "../store/sql.ts"
import type { Sql, SqlParam } from "../store/sql.ts"
import { parseAttributeName } from "./attribute-name.ts"
import { elementExpression, valueExpression } from "./filter/expressions.ts"
import type { Addressing } from "./filter/expressions.ts"
import { findAttribute } from "./shape.ts"
import type { AttributeShape, ResourceShape } from "./shape.ts"

export type SortOrder = "ascending" | "descending"

/** The values that resources are ordered by, as an expression over `resource r`; NULL where one has none. */
export interface SortKey {
  readonly key: Sql
  readonly order: SortOrder
}

/**
 * What `sortBy` orders by. Of several types, those without the attribute count as having no value (RFC7644-3.4.2.1-02).
 *
 * @throws ScimError 400 invalidValue where it is no attribute that values can be ordered by (RFC7644-3.4.2.3-06).
 */
export function resolveSort(
  shapes: readonly ResourceShape[],
  sortBy: string,
  order: SortOrder,
  addressing: Addressing,
): SortKey {
  const keys = shapes.flatMap((shape) => {
    const key = keyOf(shape, sortBy, addressing)
    return key === undefined ? [] : [{ type: shape.type.name, key }]
  })
  const [only] = keys
  if (only === undefined) throw badRequest("invalidValue", `sortBy names ${sortBy}, which is no attribute.`)
  if (shapes.length === 1) return { key: only.key, order }
  const branches = keys.reduce((before, { type, key }) => combine`${before} WHEN ${literal(type)} THEN ${key}`, sql(""))
  return { key: combine`(CASE r.type${branches} END)`, order }
}

/** The ORDER BY for a key. */
export function orderBy({ key, order }: SortKey): Sql {
  return order === "ascending" ? combine`${key} IS NULL, ${key}` : combine`${key} IS NULL DESC, ${key} DESC`
}

/** The condition on resources that come behind the one in place `seq`, whose key has that value. */
export function isBehind({ key, order }: SortKey, value: SqlParam | null, seq: number): Sql {
  const isLater = sql("r.seq > ?", seq)
  if (value === null) {
    return order === "ascending"
      ? combine`(${key} IS NULL AND ${isLater})`
      : combine`(${key} IS NOT NULL OR ${isLater})`
  }
  const beyond = order === "ascending" ? sql("> ?", value) : sql("< ?", value)
  const valued = combine`${key} ${beyond} OR (${key} ${sql("= ?", value)} AND ${isLater})`
  return order === "ascending" ? combine`(${key} IS NULL OR ${valued})` : combine`(${key} IS NOT NULL AND (${valued}))`
}

function keyOf(shape: ResourceShape, sortBy: string, addressing: Addressing): Sql | undefined {
  const found = findAttribute(shape, parseAttributeName(sortBy))
  if (found.kind === "unknown") return undefined
  const { attribute } = found
  const sub = found.sub ?? attribute.subs.get("value")
  const sorted = sub ?? attribute
  if (sorted.definition.type === "complex" || !isSortable(attribute) || !isSortable(sorted)) {
    throw badRequest("invalidValue", `sortBy cannot be ${sortBy}: name an attribute of simple type.`)
  }
  const value = attribute.definition.multiValued
    ? firstElement(attribute, sub, addressing)
    : valueExpression(sorted, addressing)
  // A part that is a list sorts by its first value, as a list does.
  const isListPart = sorted !== attribute && sorted.definition.multiValued
  return orderedBy(sorted, isListPart ? combine`json_extract(${value}, '$[0]')` : value)
}

function isSortable({ source }: AttributeShape): boolean {
  return source === "document" || source === "row" || source === "manager"
}

/** A list sorts by its primary element, else by its first (RFC7644-3.4.2.3-02). */
function firstElement(attribute: AttributeShape, sub: AttributeShape | undefined, addressing: Addressing): Sql {
  const value = elementExpression(attribute, sub, addressing)
  const primary = attribute.subs.get("primary")
  const primaryFirst =
    primary === undefined ? sql("") : combine`coalesce(${elementExpression(attribute, primary, addressing)}, 0) DESC,`
  const list = sql("json_each(r.document, ?)", attribute.jsonPath)
  return combine`(SELECT ${value} FROM ${list} e ORDER BY ${primaryFirst} e.key LIMIT 1)`
}

function orderedBy({ definition, comparison, source }: AttributeShape, value: Sql): Sql {
  if (definition.type === "dateTime") return source === "row" ? value : combine`${sql(INSTANT_FUNCTION)}(${value})`
  if (definition.type !== "string" || comparison === "verbatim") return value
  return combine`${sql(COMPARISON_FUNCTIONS[comparison])}(${value})`
}
