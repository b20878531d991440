/** Queries (RFC 7644 §3.4.2): filter, sorting and a page of the results. */
import { FilterSyntaxError, parseFilter } from "../../protocol/index.ts"
import type { Filter } from "../../protocol/index.ts"
import { badRequest } from "../scim-error.ts"
import type { Selection, StoredResource } from "../store/resource-store.ts"
import { sql } from "../store/sql.ts"
import type { ResourceContext } from "./context.ts"
import type { Addressing } from "./filter/expressions.ts"
import { resolveFilter } from "./filter/resolve.ts"
import { toSql } from "./filter/to-sql.ts"
import type { ResourceShape } from "./shape.ts"
import { sortToSql } from "./sort.ts"
import type { SortOrder } from "./sort.ts"

export interface Query {
  readonly filter?: string
  readonly sortBy?: string
  readonly sortOrder: SortOrder
  /** One-based. */
  readonly startIndex: number
  readonly count: number
}

export interface QueryResult {
  readonly totalResults: number
  readonly page: readonly StoredResource[]
}

/** @throws ScimError 400 invalidFilter, invalidValue; 403 sensitive */
export function runQuery(
  context: ResourceContext,
  shape: ResourceShape,
  query: Query,
  addressing: Addressing,
): QueryResult {
  const selection = selectionOf(context, shape, query, addressing)
  const { startIndex, count } = query
  const page = count === 0 ? [] : context.store.list(selection, { offset: startIndex - 1, limit: count })
  // A first page that is not full holds everything there is.
  const isAll = startIndex === 1 && page.length < count
  return { page, totalResults: isAll ? page.length : context.store.count(selection) }
}

/** What the query asks of the store. */
export function selectionOf(
  { tolerances }: ResourceContext,
  shape: ResourceShape,
  { filter, sortBy, sortOrder }: Pick<Query, "filter" | "sortBy" | "sortOrder">,
  addressing: Addressing,
): Selection {
  const where = filter === undefined ? sql("1") : toSql(resolveFilter(shape, parse(filter), tolerances), addressing)
  const orderBy = sortBy === undefined ? undefined : sortToSql(shape, sortBy, sortOrder, addressing)
  return { type: shape.type.name, where, ...(orderBy !== undefined && { orderBy }) }
}

function parse(text: string): Filter {
  try {
    return parseFilter(text)
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw badRequest("invalidFilter", error.message, error)
    throw error
  }
}
