/** Users and groups as rows: insert, read one, read all page by page, rewrite attributes. Knows nothing of rules. */
import type { Statement } from "better-sqlite3"
import type { ObjectType } from "../mapping/model.ts"
import type { StoredValue } from "./attributes.ts"
import type { ChangedObject } from "./change-feed.ts"
import type { Db } from "./database.ts"
import type { Group, User } from "./model.ts"

export interface ObjectRow extends ChangedObject {
  readonly upn_before_deletion: string | null
  readonly attributes: string
  readonly manager_id: string | null
  readonly created_at: number
  readonly deleted_at: number | null
}

/** How many rows a reader holds at a time. Pages, not open cursors: the directory may be written while somebody reads on. */
export const PAGE_SIZE = 500

const COLUMNS = `
  key, id, type, upn_before_deletion, attributes, created_at, deleted_at,
  (SELECT manager.id FROM objects AS manager WHERE manager.key = objects.manager_key) AS manager_id
`

/** A page of whole objects that fulfil a condition: give `@cursor`, the key of the last one seen. */
function pageQuery(condition: string): string {
  return `SELECT ${COLUMNS} FROM objects WHERE key > @cursor AND ${condition} ORDER BY key LIMIT ${PAGE_SIZE}`
}

export function toUser(row: ObjectRow): User {
  return {
    ...(JSON.parse(row.attributes) as User),
    objectType: "User",
    id: row.id,
    managerId: row.manager_id,
    createdAtMs: row.created_at,
    deletedAtMs: row.deleted_at,
    nameBeforeDeletion: row.upn_before_deletion,
  }
}

export function toGroup(row: ObjectRow): Group {
  return {
    ...(JSON.parse(row.attributes) as Group),
    objectType: "Group",
    id: row.id,
    createdAtMs: row.created_at,
    deletedAtMs: row.deleted_at,
  }
}

export interface Objects {
  /** Adds an object; null, with nothing written, where its id or its userPrincipalName is taken. */
  insert(object: {
    id: string
    type: ObjectType
    upnKey: string | null
    attributes: ReadonlyMap<string, StoredValue>
    managerKey: number | null
    atMs: number
  }): ChangedObject | null
  find(id: string): ObjectRow | undefined
  /** An object's key and type. */
  identify(id: string): Pick<ObjectRow, "key" | "type"> | undefined
  findByUpn(upnKey: string): ObjectRow | undefined
  rewrite(key: number, upnKey: string | null, attributes: ReadonlyMap<string, StoredValue>): void
  setManager(key: number, managerKey: number | null): void
  /** All objects that fulfil a condition on the columns of `objects`, in the order they were created. */
  pages(condition: string, parameters?: Readonly<Record<string, number | string>>): Iterable<ObjectRow>
  /** Ids of the live objects of a type, in the order they were created; read page by page. */
  ids(type: ObjectType): Iterable<string>
  /** How many live objects there are of a type. Looks at each. */
  count(type: ObjectType): number
  /** The key that the next new object will get at least. */
  nextKey(): number
}

export function createObjects(db: Db): Objects {
  const insert = db.prepare(
    "INSERT OR IGNORE INTO objects (id, type, upn_key, attributes, manager_key, created_at) VALUES (?, ?, ?, ?, ?, ?)",
  )
  const find = db.prepare<[string], ObjectRow>(`SELECT ${COLUMNS} FROM objects WHERE id = ?`)
  const identify = db.prepare<[string], Pick<ObjectRow, "key" | "type">>("SELECT key, type FROM objects WHERE id = ?")
  const idPage = db
    .prepare<[number, ObjectType], [key: number, id: string]>(
      `SELECT key, id FROM objects WHERE key > ? AND type = ? AND deleted_at IS NULL ORDER BY key LIMIT ${PAGE_SIZE}`,
    )
    .raw()
  const findByUpn = db.prepare<[string], ObjectRow>(`SELECT ${COLUMNS} FROM objects WHERE upn_key = ?`)
  const rewrite = db.prepare("UPDATE objects SET upn_key = ?, attributes = ? WHERE key = ?")
  const setManager = db.prepare("UPDATE objects SET manager_key = ? WHERE key = ?")
  const lastKey = db.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'objects'").pluck()
  const count = db
    .prepare<[ObjectType], number>("SELECT count(*) FROM objects WHERE type = ? AND deleted_at IS NULL")
    .pluck()
  // Each condition is a text of this program, asked for again and again.
  const pages = new Map<string, Statement<[object], ObjectRow>>()
  function pageOf(condition: string): Statement<[object], ObjectRow> {
    const known = pages.get(condition)
    if (known !== undefined) return known
    const page = db.prepare<[object], ObjectRow>(pageQuery(condition))
    pages.set(condition, page)
    return page
  }
  return {
    insert({ id, type, upnKey, attributes, managerKey, atMs }) {
      const { changes, lastInsertRowid } = insert.run(id, type, upnKey, toJson(attributes), managerKey, atMs)
      return changes === 0 ? null : { key: Number(lastInsertRowid), id, type }
    },
    find: (id) => find.get(id),
    identify: (id) => identify.get(id),
    *ids(type) {
      for (let cursor = 0; ;) {
        const rows = idPage.all(cursor, type)
        for (const [, id] of rows) yield id
        const last = rows.at(-1)
        if (last === undefined || rows.length < PAGE_SIZE) return
        cursor = last[0]
      }
    },
    findByUpn: (upnKey) => findByUpn.get(upnKey),
    rewrite(key, upnKey, attributes) {
      rewrite.run(upnKey, toJson(attributes), key)
    },
    setManager(key, managerKey) {
      setManager.run(managerKey, key)
    },
    *pages(condition, parameters = {}) {
      const page = pageOf(condition)
      for (let cursor = 0; ;) {
        const rows = page.all({ ...parameters, cursor })
        yield* rows
        const last = rows.at(-1)
        if (last === undefined || rows.length < PAGE_SIZE) return
        cursor = last.key
      }
    },
    count: (type) => count.get(type) ?? 0,
    nextKey: () => (lastKey.get() ?? 0) + 1,
  }
}

function toJson(attributes: ReadonlyMap<string, StoredValue>): string {
  return JSON.stringify(Object.fromEntries(attributes))
}
