/** Resources in SQLite by what is asked of them: pages, counts, values to sort by. */
import type { Database } from "better-sqlite3"
import { Bookmarks } from "./bookmarks.ts"
import type { Reading, ReadRow, ShownResource } from "./resource-store.ts"
import { combine, literal, sql } from "./sql.ts"
import type { Sql, SqlParam } from "./sql.ts"
import { StatementCache } from "./statement-cache.ts"
import {
  DOCUMENT_OR_PLACE,
  LONE_DOCUMENT_OR_PLACE,
  READ_COLUMNS,
  READ_WITH_CONTAINERS,
  readRowAt,
} from "./statements.ts"
import type { Statements } from "./statements.ts"

/** Which resources, and in which order. */
export interface Selection {
  /** What is wanted of each resource type; without `where` all of them. */
  readonly parts: readonly { readonly type: string; readonly where?: Sql }[]
  /** What comes before creation order. */
  readonly orderBy?: Sql
}

export interface Page {
  /** How many resources come before the page. */
  readonly offset: number
  readonly limit: number
}

export class Selections {
  readonly #statements: Statements
  readonly #rows: StatementCache<ReadRow>
  readonly #values: StatementCache<SqlParam | null>
  readonly #counts: StatementCache<number>
  readonly #plans: StatementCache<{ detail: string }>
  readonly #bookmarks: Bookmarks
  /** How many resources of a type there are, once somebody has asked: counting a million takes long. */
  #population: ReadonlyMap<string, number> = new Map()

  constructor(database: Database, statements: Statements) {
    this.#statements = statements
    this.#bookmarks = new Bookmarks(database)
    this.#values = new StatementCache(database, (statement) => statement.pluck())
    this.#rows = new StatementCache(database, (statement) => statement.raw())
    this.#counts = new StatementCache(database, (statement) => statement.pluck())
    this.#plans = new StatementCache(database)
  }

  /** A page of a selection. */
  list(selection: Selection, page: Page, { withContainers, asDocuments }: Reading): readonly ShownResource[] {
    if (!asDocuments) return this.listRows(selection, page, withContainers)
    const listed = this.#listTexts(selection, page, withContainers ? LONE_DOCUMENT_OR_PLACE : DOCUMENT_OR_PLACE)
    return listed.map((one) =>
      typeof one === "number" ? readRowAt(this.#statements, one, withContainers) : (one ?? ""),
    )
  }

  /** A page of a selection, all of it as rows. */
  listRows(selection: Selection, page: Page, withContainers: boolean): readonly ReadRow[] {
    const { text, params } = pageQuery(selection, page, withContainers ? READ_WITH_CONTAINERS : READ_COLUMNS)
    return this.#rows.prepare(text).all(...params)
  }

  /** What an expression over `resource r` gives for the resource in that place. */
  valueOf(seq: number, expression: Sql): SqlParam | null {
    const { text, params } = combine`SELECT ${expression} FROM resource r WHERE ${sql("r.seq = ?", seq)}`
    return this.#values.prepare(text).get(...params) ?? null
  }

  count({ parts }: Selection): number {
    return parts.reduce((sum, { type, where }) => sum + this.#countPart(type, where), 0)
  }

  /** How SQLite would run the query: for tests that prove an index is used. */
  explain(selection: Selection): readonly string[] {
    const { text, params } = pageQuery(selection, { offset: 0, limit: 1 }, READ_COLUMNS)
    const steps = this.#plans.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...params)
    return steps.map(({ detail }) => detail)
  }

  /** Remembers how things stand; gives what takes back all that was told since. */
  mark(): () => void {
    const before = this.#population
    return () => {
      this.#population = before
      this.#bookmarks.forget()
    }
  }

  added(type: string): void {
    this.#count(type, 1)
  }

  removed(type: string): void {
    this.#bookmarks.forget()
    this.#count(type, -1)
  }

  cleared(): void {
    this.#population = new Map()
    this.#bookmarks.forget()
  }

  #listTexts(selection: Selection, page: Page, column: string): readonly (SqlParam | null)[] {
    const type = typeAlone(selection)
    if (type === undefined) {
      const { text, params } = pageQuery(selection, page, column)
      return this.#values.prepare(text).all(...params)
    }
    const place = this.#bookmarks.placeBefore(type, page.offset)
    if (place === undefined) return []
    const { text, params } = pageQuery(behind(type, place), { ...page, offset: 0 }, column)
    const listed = this.#values.prepare(text).all(...params)
    if (listed.length === page.limit) this.#bookmarks.noteEnd(type, place, page)
    return listed
  }

  #countPart(type: string, where: Sql | undefined): number {
    if (where === undefined) return this.#population.get(type) ?? this.#countAll(type)
    const { text, params } = combine`SELECT count(*) FROM resource r WHERE r.type = ${literal(type)} AND ${where}`
    return this.#counts.prepare(text).get(...params) ?? 0
  }

  #countAll(type: string): number {
    const count = this.#statements.countAll.get(type) ?? 0
    this.#population = new Map([...this.#population, [type, count]])
    return count
  }

  #count(type: string, difference: number): void {
    const before = this.#population.get(type)
    if (before !== undefined) this.#population = new Map([...this.#population, [type, before + difference]])
  }
}

/** The type of a selection of all its resources in the order of their creation. */
function typeAlone({ parts: [part, ...others], orderBy }: Selection): string | undefined {
  return others.length === 0 && orderBy === undefined && part?.where === undefined ? part?.type : undefined
}

function behind(type: string, place: number): Selection {
  return { parts: [{ type, where: sql("r.seq > ?", place) }] }
}

/** The query for one page of a selection. The sums keep SQLite from planning it anew for every page ({@link literal}). */
function pageQuery({ parts, orderBy }: Selection, { offset, limit }: Page, columns: string): Sql {
  const order = orderBy === undefined ? sql("r.seq") : combine`${orderBy}, r.seq`
  const page = sql("LIMIT 0 + ? OFFSET 0 + ?", limit, offset)
  return combine`SELECT ${sql(columns)} FROM resource r WHERE ${anyOf(parts)} ORDER BY ${order} ${page}`
}

function anyOf([first, ...others]: Selection["parts"]): Sql {
  if (first === undefined) return sql("0")
  const { type, where } = first
  const isType = combine`r.type = ${literal(type)}`
  const part = where === undefined ? isType : combine`${isType} AND ${where}`
  return others.length === 0 ? part : combine`${part} OR ${anyOf(others)}`
}
