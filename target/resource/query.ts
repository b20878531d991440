/** Queries (RFC 7644 §3.4.2, RFC 9865): filter, sorting and a page of the results, over one resource type or several. */
import { FilterSyntaxError, parseFilter } from "../../protocol/index.ts"
import type { Filter } from "../../protocol/index.ts"
import { filterLimits } from "../limits.ts"
import type { Limits } from "../limits.ts"
import { badRequest } from "../scim-error.ts"
import type { Reading, ShownResource } from "../store/resource-store.ts"
import type { Selection } from "../store/selections.ts"
import { combine, sql } from "../store/sql.ts"
import type { Sql } from "../store/sql.ts"
import type { ResourceContext } from "./context.ts"
import { readCursor, toCursor } from "./cursor.ts"
import type { Walk } from "./cursor.ts"
import type { Addressing } from "./filter/expressions.ts"
import type { LookupReader } from "./filter/lookup.ts"
import { resolveFilter } from "./filter/resolve.ts"
import { toSql } from "./filter/to-sql.ts"
import type { ResourceShape } from "./shape.ts"
import { isBehind, orderBy, resolveSort } from "./sort.ts"
import type { SortKey, SortOrder } from "./sort.ts"

export interface Query {
  readonly filter?: string
  readonly sortBy?: string
  readonly sortOrder: SortOrder
  /** The most resources in the page. */
  readonly count: number
  /** One-based. Without meaning where there is a cursor. */
  readonly startIndex: number
  /** Where the page begins, as the page before said; empty for the first page of a walk by cursor. */
  readonly cursor?: string
}

export interface QueryResult {
  readonly rows: readonly ShownResource[]
  readonly totalResults: number
  /** Where a walk by cursor goes on; absent behind the last page. */
  readonly nextCursor?: string
}

/** What a query is answered with, beside itself. */
export interface QueryContext {
  readonly addressing: Addressing
  readonly reading: Reading
  /** Knows the filters that an index answers alone; of one resource type only. */
  readonly lookups?: LookupReader
}

/** @throws ScimError 400 invalidFilter, invalidValue, invalidCursor, invalidCount; 403 sensitive */
export function runQuery(
  context: ResourceContext,
  shapes: readonly ResourceShape[],
  query: Query,
  asking: QueryContext,
): QueryResult {
  const lookedUp = readLookup(context, query, asking)
  if (lookedUp !== undefined) return lookedUp
  const found = resolveQuery(context, shapes, query, asking.addressing)
  return query.cursor === undefined
    ? readIndexedPage(context, found, query, asking)
    : readCursorPage(context, found, { shapes, query, cursor: query.cursor }, asking)
}

/** A query whose names have been looked up. */
export interface ResolvedQuery {
  readonly parts: Selection["parts"]
  readonly sorting?: SortKey
}

/** What the query asks, without its page. @throws ScimError 400 invalidFilter, invalidValue; 403 sensitive */
export function resolveQuery(
  { tolerances, limits }: ResourceContext,
  shapes: readonly ResourceShape[],
  { filter, sortBy, sortOrder }: Pick<Query, "filter" | "sortBy" | "sortOrder">,
  addressing: Addressing,
): ResolvedQuery {
  const parsed = filter === undefined ? undefined : parse(filter, limits)
  const parts = shapes.map((shape) => {
    const type = shape.type.name
    return parsed === undefined
      ? { type }
      : { type, where: toSql(resolveFilter(shape, parsed, tolerances), addressing) }
  })
  return { parts, ...(sortBy !== undefined && { sorting: resolveSort(shapes, sortBy, sortOrder, addressing) }) }
}

/** What a resolved query asks of the store. */
export function selectionOf({ parts, sorting }: ResolvedQuery): Selection {
  return { parts, ...(sorting !== undefined && { orderBy: orderBy(sorting) }) }
}

/** The answer to a filter that an index answers alone; undefined for everything else. */
function readLookup(
  { store }: ResourceContext,
  { filter, sortBy, cursor, startIndex, count }: Query,
  { lookups, reading }: QueryContext,
): QueryResult | undefined {
  if (filter === undefined || sortBy !== undefined || cursor !== undefined) return undefined
  const lookup = lookups?.read(filter)
  if (lookup === undefined) return undefined
  // Nearly always there is one or none.
  const two = startIndex === 1 && count > 0 && reading.asDocuments ? store.showTwo(lookup, reading) : undefined
  if (two !== undefined && two.length < 2) return { rows: two, totalResults: two.length }
  const seqs = store.lookUp(lookup)
  const rows = seqs.slice(startIndex - 1, startIndex - 1 + count).map((seq) => store.showAt(seq, reading))
  return { rows, totalResults: seqs.length }
}

function readIndexedPage(
  { store }: ResourceContext,
  found: ResolvedQuery,
  { startIndex, count }: Query,
  { reading }: QueryContext,
): QueryResult {
  const selection = selectionOf(found)
  const rows = store.selections.list(selection, { offset: startIndex - 1, limit: count }, reading)
  // A first page that is not full holds everything there is.
  const isAll = startIndex === 1 && rows.length < count
  return { rows, totalResults: isAll ? rows.length : store.selections.count(selection) }
}

/** One resource more is read than is shown: it tells whether the page is the last. */
function readCursorPage(
  { store }: ResourceContext,
  found: ResolvedQuery,
  { shapes, query, cursor }: { shapes: readonly ResourceShape[]; query: Query; cursor: string },
  { reading }: QueryContext,
): QueryResult {
  const { count, filter = null, sortBy = null, sortOrder } = query
  const walk: Walk = { question: [shapes.map(({ type }) => type.name), filter, sortBy, sortOrder], count }
  const selection = selectionOf(found)
  const place = cursor === "" ? undefined : readCursor(cursor, walk)
  const behind = place === undefined ? undefined : behindPlace(found, place.key, place.seq)
  const rest = { ...selection, parts: selection.parts.map((part) => narrowed(part, behind)) }
  const read = store.selections.listRows(rest, { offset: 0, limit: count + 1 }, reading.withContainers)
  const rows = read.slice(0, count)
  const lastSeq = rows.at(-1)?.[1]
  const totalResults = store.selections.count(selection)
  if (read.length <= count) return { rows, totalResults }
  if (lastSeq === undefined) return { rows, totalResults, nextCursor: cursor }
  const key = found.sorting === undefined ? null : store.selections.valueOf(lastSeq, found.sorting.key)
  return { rows, totalResults, nextCursor: toCursor(walk, { seq: lastSeq, key }) }
}

function behindPlace({ sorting }: ResolvedQuery, key: string | number | null, seq: number): Sql {
  return sorting === undefined ? sql("r.seq > ?", seq) : isBehind(sorting, key, seq)
}

function narrowed(part: Selection["parts"][number], condition: Sql | undefined): Selection["parts"][number] {
  if (condition === undefined) return part
  return { ...part, where: part.where === undefined ? condition : combine`${part.where} AND ${condition}` }
}

function parse(text: string, limits: Limits): Filter {
  try {
    return parseFilter(text, filterLimits(limits))
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw badRequest("invalidFilter", error.message, error)
    throw error
  }
}
