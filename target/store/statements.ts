/** The statements with a fixed text. */
import type { Database, Statement } from "better-sqlite3"
import type { ReadRow, RelatedResource, StoredResource } from "./resource-store.ts"

/** The columns of `resource r` under the names of StoredResource. */
const RESOURCE_COLUMNS =
  "r.seq, r.id, r.type, r.document, r.display, r.manager, r.created, r.last_modified AS lastModified, r.version"

/** The columns of a ReadRow, without and with the groups around it. */
export const READ_COLUMNS = "r.document, r.seq, r.type, r.version, r.manager, NULL"
export const READ_WITH_CONTAINERS =
  "r.document, r.seq, r.type, r.version, r.manager, (SELECT group_concat(container) FROM membership WHERE member = r.seq)"

/**
 * The document alone where nothing around the resource is part of its answer (a manager, groups), else its place. A text from
 * SQLite costs a fraction of a row.
 */
export const DOCUMENT_OR_PLACE = "iif(r.manager IS NULL, r.document, r.seq)"
export const LONE_DOCUMENT_OR_PLACE = `iif(
  r.manager IS NULL AND NOT EXISTS (SELECT 1 FROM membership WHERE member = r.seq), r.document, r.seq)`

export interface Statements {
  readonly insert: Statement<[string, string, string, string | null, string | null, number, number, number]>
  readonly find: Statement<[string, string], StoredResource>
  readonly readAt: Statement<[number], ReadRow>
  readonly readAtWithContainers: Statement<[number], ReadRow>
  readonly document: Statement<[string, string], string | number>
  readonly loneDocument: Statement<[string, string], string | number>
  readonly documentAt: Statement<[number], string | number>
  readonly loneDocumentAt: Statement<[number], string | number>
  readonly findSeq: Statement<[string], { seq: number }>
  readonly findAny: Statement<[string], RelatedResource>
  readonly update: Statement<[string, string | null, string | null, number, number, number]>
  readonly remove: Statement<[number]>
  readonly directContainers: Statement<[number], StoredResource>
  readonly countAll: Statement<[string], number>
  readonly lookUp: Statement<[string, string], number>
  /** The first two of them. */
  readonly lookUpDocuments: Statement<[string, string], string | number>
  readonly lookUpLoneDocuments: Statement<[string, string], string | number>
  readonly removeKey: Statement<[string, string, number]>
  readonly addMember: Statement<[number, number]>
  readonly removeMember: Statement<[number, number]>
  readonly memberSeqs: Statement<[number], { member: number }>
  readonly members: Statement<[number], RelatedResource>
  readonly isMember: Statement<[number], number>
  readonly isContainer: Statement<[number], number>
  readonly containers: Statement<[number], RelatedResource>
}

/**
 * `WITH RECURSIVE ancestry (seq, isDirect)`: the groups around a member, however deep. UNION drops what was seen, so groups
 * that contain each other end the walk. The hole is the member's place.
 */
export function ancestryOf(member: string): string {
  return `WITH RECURSIVE ancestry (seq, isDirect) AS (
    SELECT container, 1 FROM membership WHERE member = ${member}
    UNION
    SELECT around.container, 0 FROM ancestry JOIN membership around ON around.member = ancestry.seq
  )`
}

function prepareById(database: Database, column: string): Statement<[string, string], string | number> {
  const text = `SELECT ${column} FROM resource r WHERE r.type = ? AND r.id = ?`
  return database.prepare<[string, string], string | number>(text).pluck()
}

function prepareAt(database: Database, column: string): Statement<[number], string | number> {
  return database.prepare<[number], string | number>(`SELECT ${column} FROM resource r WHERE r.seq = ?`).pluck()
}

/** The signs keep SQLite from planning the join anew for each key, which would cost twice as much as the look-up. */
function prepareLookUp(database: Database, column: string): Statement<[string, string], string | number> {
  const text = `SELECT ${column} FROM lookup l CROSS JOIN resource r ON r.seq = l.resource
    WHERE l.key = +? AND l.name = +? ORDER BY l.resource LIMIT 2`
  return database.prepare<[string, string], string | number>(text).pluck()
}

/** The row in a place that is taken. */
export function readRowAt({ readAt, readAtWithContainers }: Statements, seq: number, withContainers: boolean): ReadRow {
  const row = (withContainers ? readAtWithContainers : readAt).get(seq)
  if (row === undefined) throw new Error(`No resource is in place ${seq}.`)
  return row
}

export function createStatements(database: Database): Statements {
  return onDemand<Statements>({
    insert: () =>
      database.prepare(
        `INSERT INTO resource (id, type, document, display, manager, created, last_modified, version)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
    find: () => database.prepare(`SELECT ${RESOURCE_COLUMNS} FROM resource r WHERE r.type = ? AND r.id = ?`),
    readAt: () => database.prepare<[number], ReadRow>(`SELECT ${READ_COLUMNS} FROM resource r WHERE r.seq = ?`).raw(),
    readAtWithContainers: () =>
      database.prepare<[number], ReadRow>(`SELECT ${READ_WITH_CONTAINERS} FROM resource r WHERE r.seq = ?`).raw(),
    document: () => prepareById(database, DOCUMENT_OR_PLACE),
    loneDocument: () => prepareById(database, LONE_DOCUMENT_OR_PLACE),
    documentAt: () => prepareAt(database, DOCUMENT_OR_PLACE),
    loneDocumentAt: () => prepareAt(database, LONE_DOCUMENT_OR_PLACE),
    findSeq: () => database.prepare(`SELECT seq FROM resource WHERE id = ?`),
    findAny: () => database.prepare(`SELECT id, type, display, 1 AS isDirect FROM resource WHERE id = ?`),
    update: () =>
      database.prepare(
        `UPDATE resource SET document = ?, display = ?, manager = ?, last_modified = ?, version = ? WHERE seq = ?`,
      ),
    remove: () => database.prepare(`DELETE FROM resource WHERE seq = ?`),
    directContainers: () =>
      database.prepare(
        `SELECT ${RESOURCE_COLUMNS} FROM membership m JOIN resource r ON r.seq = m.container WHERE m.member = ?`,
      ),
    countAll: () => database.prepare<[string], number>(`SELECT count(*) FROM resource WHERE type = ?`).pluck(),
    lookUpDocuments: () => prepareLookUp(database, DOCUMENT_OR_PLACE),
    lookUpLoneDocuments: () => prepareLookUp(database, LONE_DOCUMENT_OR_PLACE),
    lookUp: () =>
      database.prepare<[string, string], number>(`SELECT resource FROM lookup WHERE key = ? AND name = ?`).pluck(),
    removeKey: () => database.prepare(`DELETE FROM lookup WHERE key = ? AND name = ? AND resource = ?`),
    addMember: () => database.prepare(`INSERT OR IGNORE INTO membership (container, member) VALUES (?, ?)`),
    removeMember: () => database.prepare(`DELETE FROM membership WHERE container = ? AND member = ?`),
    memberSeqs: () => database.prepare(`SELECT member FROM membership WHERE container = ?`),
    members: () =>
      database.prepare(
        `SELECT x.id, x.type, x.display, 1 AS isDirect
       FROM membership m JOIN resource x ON x.seq = m.member WHERE m.container = ? ORDER BY m.member`,
      ),
    isContainer: () =>
      database.prepare<[number], number>(`SELECT EXISTS (SELECT 1 FROM membership WHERE container = ?)`).pluck(),
    isMember: () =>
      database.prepare<[number], number>(`SELECT EXISTS (SELECT 1 FROM membership WHERE member = ?)`).pluck(),
    containers: () =>
      database.prepare(
        `${ancestryOf("?")} SELECT g.id, g.type, g.display, a.isDirect
       FROM (SELECT seq, max(isDirect) AS isDirect FROM ancestry GROUP BY seq) a JOIN resource g ON g.seq = a.seq
       ORDER BY a.seq`,
      ),
  })
}

/** Each is prepared when it is first needed: many a target in memory lives for a few requests. */
function onDemand<T extends object>(prepare: { readonly [Name in keyof T]: () => T[Name] }): T {
  const properties: PropertyDescriptorMap = {}
  for (const [name, make] of Object.entries<() => unknown>(prepare)) {
    let known: unknown
    properties[name] = { enumerable: true, get: () => (known ??= make()) }
  }
  return Object.create(null, properties)
}
