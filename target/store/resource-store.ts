/** Resources and memberships in SQLite. Every statement is prepared once; nothing here knows a schema. */
import type { Database, Statement } from "better-sqlite3"
import { Bookmarks } from "./bookmarks.ts"
import { SecretStore } from "./secret-store.ts"
import { combine, literal, sql } from "./sql.ts"
import type { Sql, SqlParam } from "./sql.ts"
import { StatementCache } from "./statement-cache.ts"
import {
  createStatements,
  DOCUMENT_OR_PLACE,
  LONE_DOCUMENT_OR_PLACE,
  READ_COLUMNS,
  READ_WITH_CONTAINERS,
} from "./statements.ts"
import type { Statements } from "./statements.ts"
import { WriteQueue } from "./write-queue.ts"
import type { EnqueueOptions } from "./write-queue.ts"

/** A resource as it is stored. Instants are epoch milliseconds. */
export interface StoredResource {
  readonly seq: number
  readonly id: string
  readonly type: string
  /**
   * JSON text of the resource as it is answered, save what is derived from other resources and the base URL in front of
   * `meta.location`, which is the last text in it.
   */
  readonly document: string
  /** What others call it: the `display` of members and groups. */
  readonly display: string | null
  /** Id of the person's manager: what the manager's name is derived by. */
  readonly manager: string | null
  readonly created: number
  readonly lastModified: number
  readonly version: number
}

/** One value that a resource is found by. */
export interface LookupKey {
  readonly name: string
  /** The value in its comparable form. */
  readonly key: string
  readonly unique: boolean
}

/** A member of a group, or a group of a member. */
export interface RelatedResource {
  readonly id: string
  readonly type: string
  readonly display: string | null
  readonly isDirect: number
}

/** Which resources, and in which order. */
export interface Selection {
  /** What is wanted of each resource type; without `where` all of them. */
  readonly parts: readonly { readonly type: string; readonly where?: Sql }[]
  /** What comes before creation order. */
  readonly orderBy?: Sql
}

/** What an answer needs of a resource that is read; see {@link StoredResource}. */
export type ReadRow = readonly [
  document: string,
  seq: number,
  type: string,
  version: number,
  manager: string | null,
  /** The places of the groups that it is a member of by itself, as one text. Null where there are none, or nobody asked. */
  containers: string | null,
]

/** A resource that is read to be shown: its document, or a row where that is not all there is to its answer. */
export type ShownResource = string | ReadRow

/** How resources are read. */
export interface Reading {
  /** Whether with the groups around them. */
  readonly withContainers: boolean
  /** Whether the document is enough of one without a manager, and without groups where they are asked for. */
  readonly asDocuments: boolean
}

export interface Page {
  /** How many resources come before the page. */
  readonly offset: number
  readonly limit: number
}

/** A statement for each number of keys; a resource with more takes several. */
const KEYS_AT_ONCE = 50

/** Another resource has the value already. */
export class UniquenessError extends Error {
  override readonly name = "UniquenessError"
  /** Name of the index. */
  readonly index: string

  constructor(index: string) {
    super(`A value of ${index} is taken.`)
    this.index = index
  }
}

export class ResourceStore {
  readonly #database: Database
  readonly #statements: Statements
  readonly #writes: WriteQueue
  readonly #rows: StatementCache<ReadRow>
  readonly #values: StatementCache<SqlParam | null>
  readonly #counts: StatementCache<number>
  readonly #plans: StatementCache<{ detail: string }>
  readonly #changes: StatementCache<never>
  readonly #bookmarks: Bookmarks
  /** Statements that add keys, by the number of these. */
  readonly #insertions: Statement<SqlParam[]>[] = []
  readonly secrets: SecretStore
  /** How many resources of a type there are, once somebody has asked: counting a million takes long. */
  #population: ReadonlyMap<string, number> = new Map()

  constructor(database: Database) {
    this.#database = database
    this.#statements = createStatements(database)
    this.#writes = new WriteQueue(database, () => {
      const before = this.#population
      return () => {
        this.#population = before
        this.#bookmarks.forget()
      }
    })
    this.#bookmarks = new Bookmarks(database)
    this.#values = new StatementCache(database, (statement) => statement.pluck())
    this.#rows = new StatementCache(database, (statement) => statement.raw())
    this.#counts = new StatementCache(database, (statement) => statement.pluck())
    this.#plans = new StatementCache(database)
    this.#changes = new StatementCache(database)
    this.secrets = new SecretStore(database)
  }

  /** Does the work at once and as one unit: it is all stored, or nothing is. Units nest; on a file the outermost commits. */
  atomically<T>(work: () => T): T {
    return this.#writes.atomically(work)
  }

  /** Does the work as one unit when its turn comes ({@link WriteQueue.enqueue}). */
  enqueue<T>(work: () => T, options?: EnqueueOptions): Promise<T> {
    return this.#writes.enqueue(work, options)
  }

  /** Adds a resource; `seq` is its place in the order of creation. @throws UniquenessError */
  insert(resource: Omit<StoredResource, "seq">, keys: readonly LookupKey[]): number {
    const { id, type, document, display, manager, created, lastModified, version } = resource
    this.#assertFree(keys)
    const row = [id, type, document, display, manager, created, lastModified, version] as const
    const seq = Number(this.#statements.insert.run(...row).lastInsertRowid)
    this.#addKeys(seq, keys)
    this.#count(type, 1)
    return seq
  }

  find(type: string, id: string): StoredResource | undefined {
    return this.#statements.find.get(type, id)
  }

  /** One resource, as far as `reading` asks. */
  show(type: string, id: string, { withContainers, asDocuments }: Reading): ShownResource | undefined {
    if (!asDocuments) {
      const seq = this.findSeq(id)
      const row = seq === undefined ? undefined : this.#readAt(seq, withContainers)
      return row?.[2] === type ? row : undefined
    }
    const { document, loneDocument } = this.#statements
    const found = (withContainers ? loneDocument : document).get(type, id)
    return typeof found === "number" ? this.#readAt(found, withContainers) : found
  }

  /** The resource in a place that is taken. */
  showAt(seq: number, { withContainers, asDocuments }: Reading): ShownResource {
    const { documentAt, loneDocumentAt } = this.#statements
    const found = asDocuments ? (withContainers ? loneDocumentAt : documentAt).get(seq) : undefined
    return typeof found === "string" ? found : this.#readAt(seq, withContainers)
  }

  /** Whether some resource has that id, and its place. */
  findSeq(id: string): number | undefined {
    return this.#statements.findSeq.get(id)?.seq
  }

  /** The resource of any type with that id. */
  findAny(id: string): RelatedResource | undefined {
    return this.#statements.findAny.get(id)
  }

  /** Writes a changed resource; `added` and `removed` are the lookup keys that differ. @throws UniquenessError */
  update(resource: StoredResource, keys: { added: readonly LookupKey[]; removed: readonly LookupKey[] }): void {
    const { seq, document, display, manager, lastModified, version } = resource
    this.#assertFree(keys.added)
    this.#statements.update.run(document, display, manager, lastModified, version, seq)
    for (const { name, key } of keys.removed) this.#statements.removeKey.run(key, name, seq)
    this.#addKeys(seq, keys.added)
  }

  /** Removes a resource with its memberships on both sides. */
  remove({ seq, type }: StoredResource, keys: readonly LookupKey[]): void {
    for (const { name, key } of keys) this.#statements.removeKey.run(key, name, seq)
    this.#statements.remove.run(seq)
    this.#bookmarks.forget()
    this.#count(type, -1)
  }

  /** The first two resources that have a key, in the order of their creation. */
  showTwo({ name, key }: Pick<LookupKey, "name" | "key">, { withContainers }: Reading): readonly ShownResource[] {
    const { lookUpDocuments, lookUpLoneDocuments } = this.#statements
    const found = (withContainers ? lookUpLoneDocuments : lookUpDocuments).all(key, name)
    return found.map((one) => (typeof one === "number" ? this.#readAt(one, withContainers) : one))
  }

  /** The places of the resources that have a key, in the order of their creation. */
  lookUp({ name, key }: Pick<LookupKey, "name" | "key">): readonly number[] {
    return this.#statements.lookUp.all(key, name)
  }

  /** A page of a selection. */
  list(selection: Selection, page: Page, { withContainers, asDocuments }: Reading): readonly ShownResource[] {
    if (!asDocuments) return this.listRows(selection, page, withContainers)
    const listed = this.#listTexts(selection, page, withContainers ? LONE_DOCUMENT_OR_PLACE : DOCUMENT_OR_PLACE)
    return listed.map((one) => (typeof one === "number" ? this.#readAt(one, withContainers) : (one ?? "")))
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

  /** Adds members; how many were not there before. */
  addMembers(container: number, members: readonly number[]): number {
    return members.reduce((added, member) => added + this.#statements.addMember.run(container, member).changes, 0)
  }

  /** Removes members; how many there were. */
  removeMembers(container: number, members: readonly number[]): number {
    return members.reduce((gone, member) => gone + this.#statements.removeMember.run(container, member).changes, 0)
  }

  /** Removes the members (rows `m`, resources `x`) that meet `where`; how many there were. */
  removeMembersWhere(container: number, where: Sql): number {
    const text = `DELETE FROM membership WHERE container = ? AND member IN (
      SELECT m.member FROM membership m JOIN resource x ON x.seq = m.member WHERE m.container = ? AND ${where.text})`
    return this.#changes.prepare(text).run(container, container, ...where.params).changes
  }

  /** The places of a group's members. */
  memberSeqs(container: number): readonly number[] {
    return this.#statements.memberSeqs.all(container).map(({ member }) => member)
  }

  /** The members of a group, in the order of their creation. */
  members(container: number): readonly RelatedResource[] {
    return this.#statements.members.all(container)
  }

  /** Whether a resource is in any group. */
  isMember(seq: number): boolean {
    return this.#statements.isMember.get(seq) === 1
  }

  /** The groups that a resource is in, by itself or through other groups. */
  containers(member: number): readonly RelatedResource[] {
    return this.#statements.containers.all(member)
  }

  /** The groups that a resource is a member of by itself. */
  directContainers(member: number): readonly StoredResource[] {
    return this.#statements.directContainers.all(member)
  }

  /** Removes all resources. */
  clear(): void {
    this.#database.exec("DELETE FROM membership; DELETE FROM lookup; DELETE FROM resource")
    this.#population = new Map()
    this.#bookmarks.forget()
  }

  /** How often something was committed since the store was opened. */
  get commits(): number {
    return this.#writes.commits
  }

  /** Does the writes that are waiting, and closes the database. */
  close(): void {
    this.#writes.flush()
    this.#database.close()
  }

  #readAt(seq: number, withContainers: boolean): ReadRow {
    const row = (withContainers ? this.#statements.readAtWithContainers : this.#statements.readAt).get(seq)
    if (row === undefined) throw new Error(`No resource is in place ${seq}.`)
    return row
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

  /**
   * Nobody else writes to the database, so that what is free now is free when it is taken; nothing has been changed yet.
   *
   * @throws UniquenessError
   */
  #assertFree(keys: readonly LookupKey[]): void {
    for (const { name, key, unique } of keys) {
      if (unique && this.#statements.lookUp.get(key, name) !== undefined) throw new UniquenessError(name)
    }
  }

  #insertionOf(keys: number): Statement<SqlParam[]> {
    const known = this.#insertions[keys]
    if (known !== undefined) return known
    const rows = Array.from({ length: keys }, () => "(?, ?, ?)").join()
    return (this.#insertions[keys] = this.#database.prepare<SqlParam[]>(
      `INSERT INTO lookup (key, name, resource) VALUES ${rows}`,
    ))
  }

  #addKeys(seq: number, keys: readonly LookupKey[]): void {
    for (let first = 0; first < keys.length; first += KEYS_AT_ONCE) {
      const params: SqlParam[] = []
      for (const { name, key } of keys.slice(first, first + KEYS_AT_ONCE)) params.push(key, name, seq)
      this.#insertionOf(params.length / 3).run(...params)
    }
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
