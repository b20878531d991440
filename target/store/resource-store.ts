/** Resources and memberships in SQLite. Every statement is prepared once; nothing here knows a schema. */
import { SqliteError } from "better-sqlite3"
import type { Database } from "better-sqlite3"
import { sql } from "./sql.ts"
import type { Sql } from "./sql.ts"
import { StatementCache } from "./statement-cache.ts"
import { createStatements, RESOURCE_COLUMNS } from "./statements.ts"
import type { Statements } from "./statements.ts"

/** A resource as it is stored. Instants are epoch milliseconds. */
export interface StoredResource {
  readonly seq: number
  readonly id: string
  readonly type: string
  /** JSON text of the resource without meta and without what is derived. */
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

export interface Selection {
  readonly type: string
  readonly where: Sql
  /** What comes before creation order. */
  readonly orderBy?: Sql
}

export interface Page {
  /** How many resources come before the page. */
  readonly offset: number
  readonly limit: number
}

/** Another resource has the value already. */
export class UniquenessError extends Error {
  override readonly name = "UniquenessError"
  /** Name of the index. */
  readonly index: string

  constructor(index: string, options: ErrorOptions) {
    super(`A value of ${index} is taken.`, options)
    this.index = index
  }
}

export class ResourceStore {
  readonly #database: Database
  readonly #statements: Statements
  readonly #lists: StatementCache<StoredResource>
  readonly #counts: StatementCache<{ count: number }>
  readonly #plans: StatementCache<{ detail: string }>
  readonly #changes: StatementCache<never>

  constructor(database: Database) {
    this.#database = database
    this.#statements = createStatements(database)
    this.#lists = new StatementCache(database)
    this.#counts = new StatementCache(database)
    this.#plans = new StatementCache(database)
    this.#changes = new StatementCache(database)
  }

  /** Runs `work` as one unit: it is all stored, or nothing is. */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work).immediate()
  }

  /** Adds a resource; `seq` is its place in the order of creation. @throws UniquenessError */
  insert(resource: Omit<StoredResource, "seq">, keys: readonly LookupKey[]): number {
    const { id, type, document, display, manager, created, lastModified, version } = resource
    const row = [id, type, document, display, manager, created, lastModified, version] as const
    const seq = Number(this.#statements.insert.run(...row).lastInsertRowid)
    this.#addKeys(seq, keys)
    return seq
  }

  find(type: string, id: string): StoredResource | undefined {
    return this.#statements.find.get(type, id)
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
    this.#statements.update.run(document, display, manager, lastModified, version, seq)
    for (const { name, key } of keys.removed) this.#statements.removeKey.run(name, key, seq)
    this.#addKeys(seq, keys.added)
  }

  /** Removes a resource with its memberships on both sides; the groups it was in count as changed at `nowMs`. */
  remove(seq: number, keys: readonly LookupKey[], nowMs: number): void {
    for (const { name, key } of keys) this.#statements.removeKey.run(name, key, seq)
    this.#statements.touchContainers.run(nowMs, seq)
    this.#statements.remove.run(seq)
  }

  list(selection: Selection, page: Page): readonly StoredResource[] {
    const { text, params } = pageQuery(selection, page)
    return this.#lists.prepare(text).all(...params)
  }

  count(selection: Selection): number {
    const text = `SELECT count(*) AS count FROM resource r WHERE r.type = ? AND ${selection.where.text}`
    return this.#counts.prepare(text).get(selection.type, ...selection.where.params)?.count ?? 0
  }

  /** How SQLite would run the query: for tests that prove an index is used. */
  explain(selection: Selection): readonly string[] {
    const { text, params } = pageQuery(selection, { offset: 0, limit: 1 })
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

  /** The groups that a resource is in, by itself or through other groups. */
  containers(member: number): readonly RelatedResource[] {
    return this.#statements.containers.all(member)
  }

  close(): void {
    this.#database.close()
  }

  #addKeys(seq: number, keys: readonly LookupKey[]): void {
    for (const { name, key, unique } of keys) {
      try {
        this.#statements.addKey.run(name, key, seq, unique ? 1 : 0)
      } catch (error) {
        if (error instanceof SqliteError && error.code === "SQLITE_CONSTRAINT_UNIQUE") {
          throw new UniquenessError(name, { cause: error })
        }
        throw error
      }
    }
  }
}

/** The query for one page of a selection. */
function pageQuery({ type, where, orderBy = sql("") }: Selection, { offset, limit }: Page): Sql {
  const separator = orderBy.text === "" ? "" : ", "
  return {
    text: `SELECT ${RESOURCE_COLUMNS} FROM resource r WHERE r.type = ? AND ${where.text}
      ORDER BY ${orderBy.text}${separator}r.seq LIMIT ? OFFSET ?`,
    params: [type, ...where.params, ...orderBy.params, limit, offset],
  }
}
