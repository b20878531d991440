/** Sorting (RFC 7644 §3.4.2.3) as SQL. Resources without the value come last ascending and first descending. */
import { badRequest } from "../scim-error.ts"
import { COMPARISON_FUNCTIONS, INSTANT_FUNCTION } from "../store/database.ts"
import { combine, sql } from "../store/sql.ts"
import type { Sql } from "../store/sql.ts"
import { parseAttributeName } from "./attribute-name.ts"
import { elementExpression, valueExpression } from "./filter/expressions.ts"
import type { Addressing } from "./filter/expressions.ts"
import { findAttribute } from "./shape.ts"
import type { AttributeShape, ResourceShape } from "./shape.ts"

export type SortOrder = "ascending" | "descending"

/**
 * The ORDER BY for `sortBy`.
 *
 * @throws ScimError 400 invalidValue where it is no attribute that values can be ordered by (RFC7644-3.4.2.3-06).
 */
export function sortToSql(shape: ResourceShape, sortBy: string, order: SortOrder, addressing: Addressing): Sql {
  const found = findAttribute(shape, parseAttributeName(sortBy))
  if (found.kind === "unknown") throw badRequest("invalidValue", `sortBy names ${sortBy}, which is no attribute.`)
  const { attribute } = found
  const sub = found.sub ?? attribute.subs.get("value")
  const sorted = sub ?? attribute
  if (sorted.definition.type === "complex" || !isSortable(attribute) || !isSortable(sorted)) {
    throw badRequest("invalidValue", `sortBy cannot be ${sortBy}: name an attribute of simple type.`)
  }
  const value = attribute.definition.multiValued
    ? firstElement(attribute, sub, addressing)
    : valueExpression(sorted, addressing)
  const key = orderedBy(sorted, value)
  return order === "ascending" ? combine`${key} IS NULL, ${key}` : combine`${key} IS NULL DESC, ${key} DESC`
}

function isSortable({ source }: AttributeShape): boolean {
  return source === "document" || source === "row" || source === "manager"
}

/** A list sorts by its primary element, else by its first (RFC7644-3.4.2.3-02). */
function firstElement(attribute: AttributeShape, sub: AttributeShape | undefined, addressing: Addressing): Sql {
  const value = elementExpression(attribute, sub, addressing)
  const primary = attribute.subs.get("primary")
  const rank =
    primary === undefined ? sql("0") : combine`coalesce(${elementExpression(attribute, primary, addressing)}, 0)`
  const list = sql("json_each(r.document, ?)", attribute.jsonPath)
  return combine`(SELECT ${value} FROM ${list} e ORDER BY ${rank} DESC, e.key LIMIT 1)`
}

function orderedBy({ definition, comparison, source }: AttributeShape, value: Sql): Sql {
  if (definition.type === "dateTime") return source === "row" ? value : combine`${sql(INSTANT_FUNCTION)}(${value})`
  if (definition.type !== "string" || comparison === "verbatim") return value
  return combine`${sql(COMPARISON_FUNCTIONS[comparison])}(${value})`
}
