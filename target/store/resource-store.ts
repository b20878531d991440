/** Resources and memberships in SQLite. Every statement is prepared once; nothing here knows a schema. */
import type { Database, Statement } from "better-sqlite3"
import { GroupTexts } from "./group-texts.ts"
import { SecretStore } from "./secret-store.ts"
import { Selections } from "./selections.ts"
import type { Sql, SqlParam } from "./sql.ts"
import { StatementCache } from "./statement-cache.ts"
import { createStatements, readRowAt } from "./statements.ts"
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
  readonly #changes: StatementCache<never>
  /** Statements that add keys, by the number of these. */
  readonly #insertions: Statement<SqlParam[]>[] = []
  readonly secrets: SecretStore
  readonly groupTexts = new GroupTexts()
  /** Resources by what is asked of them. */
  readonly selections: Selections

  constructor(database: Database) {
    this.#database = database
    this.#statements = createStatements(database)
    this.selections = new Selections(database, this.#statements)
    this.#writes = new WriteQueue(database, () => {
      const takeBack = this.selections.mark()
      return () => {
        takeBack()
        this.groupTexts.forget()
      }
    })
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
    this.selections.added(type)
    return seq
  }

  find(type: string, id: string): StoredResource | undefined {
    return this.#statements.find.get(type, id)
  }

  /** One resource, as far as `reading` asks. */
  show(type: string, id: string, { withContainers, asDocuments }: Reading): ShownResource | undefined {
    if (!asDocuments) {
      const seq = this.findSeq(id)
      const row = seq === undefined ? undefined : readRowAt(this.#statements, seq, withContainers)
      return row?.[2] === type ? row : undefined
    }
    const { document, loneDocument } = this.#statements
    const found = (withContainers ? loneDocument : document).get(type, id)
    return typeof found === "number" ? readRowAt(this.#statements, found, withContainers) : found
  }

  /** The resource in a place that is taken. */
  showAt(seq: number, { withContainers, asDocuments }: Reading): ShownResource {
    const { documentAt, loneDocumentAt } = this.#statements
    const found = asDocuments ? (withContainers ? loneDocumentAt : documentAt).get(seq) : undefined
    return typeof found === "string" ? found : readRowAt(this.#statements, seq, withContainers)
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
  update(
    resource: StoredResource,
    keys: { added: readonly LookupKey[]; removed: readonly LookupKey[]; isRenamed?: boolean },
  ): void {
    const { seq, document, display, manager, lastModified, version } = resource
    this.#assertFree(keys.added)
    if (keys.isRenamed === true) this.groupTexts.forget()
    this.#statements.update.run(document, display, manager, lastModified, version, seq)
    for (const { name, key } of keys.removed) this.#statements.removeKey.run(key, name, seq)
    this.#addKeys(seq, keys.added)
  }

  /** Removes a resource with its memberships on both sides. */
  remove({ seq, type }: StoredResource, keys: readonly LookupKey[]): void {
    for (const { name, key } of keys) this.#statements.removeKey.run(key, name, seq)
    this.#statements.remove.run(seq)
    this.selections.removed(type)
    this.groupTexts.forget()
  }

  /** The first two resources that have a key, in the order of their creation. */
  showTwo({ name, key }: Pick<LookupKey, "name" | "key">, { withContainers }: Reading): readonly ShownResource[] {
    const { lookUpDocuments, lookUpLoneDocuments } = this.#statements
    const found = (withContainers ? lookUpLoneDocuments : lookUpDocuments).all(key, name)
    return found.map((one) => (typeof one === "number" ? readRowAt(this.#statements, one, withContainers) : one))
  }

  /** The places of the resources that have a key, in the order of their creation. */
  lookUp({ name, key }: Pick<LookupKey, "name" | "key">): readonly number[] {
    return this.#statements.lookUp.all(key, name)
  }

  /** Adds members; how many were not there before. */
  addMembers(container: number, members: readonly number[]): number {
    this.#notice(members)
    return members.reduce((added, member) => added + this.#statements.addMember.run(container, member).changes, 0)
  }

  /** Removes members; how many there were. */
  removeMembers(container: number, members: readonly number[]): number {
    this.#notice(members)
    return members.reduce((gone, member) => gone + this.#statements.removeMember.run(container, member).changes, 0)
  }

  /** Removes the members (rows `m`, resources `x`) that meet `where`; how many there were. */
  removeMembersWhere(container: number, where: Sql): number {
    const text = `DELETE FROM membership WHERE container = ? AND member IN (
      SELECT m.member FROM membership m JOIN resource x ON x.seq = m.member WHERE m.container = ? AND ${where.text})`
    this.groupTexts.forget()
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
    this.selections.cleared()
    this.groupTexts.forget()
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

  /** A member with members of its own stands between them and the group. */
  #notice(members: readonly number[]): void {
    if (this.groupTexts.isEmpty) return
    if (members.some((member) => this.#statements.isContainer.get(member) === 1)) this.groupTexts.forget()
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
