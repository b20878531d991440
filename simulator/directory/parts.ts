/** What the directory's operations share: tables, feed, clock, ids. */
import type { Clock, IdSource } from "../../protocol/index.ts"
import type { ObjectType } from "../mapping/model.ts"
import { type Assignments, createAssignments } from "./assignments.ts"
import type { StoredValue } from "./attributes.ts"
import { type ChangeFeed, createChangeFeed } from "./change-feed.ts"
import { type Db, openDatabase, tenantIdOf } from "./database.ts"
import { DirectoryError } from "./directory-error.ts"
import { createDomains, type Domains } from "./domains.ts"
import { createMemberships, type Memberships } from "./memberships.ts"
import { createObjects, type ObjectRow, type Objects } from "./objects.ts"

export interface Parts {
  readonly tenantId: string
  readonly db: Db
  readonly clock: Clock
  readonly ids: IdSource
  readonly objects: Objects
  readonly memberships: Memberships
  readonly assignments: Assignments
  readonly domains: Domains
  readonly feed: ChangeFeed
  /** Runs work as one unit: all of it is written, or nothing. Inside such work it just runs. */
  atomically<T>(work: () => T): T
}

export function createParts(options: { clock: Clock; ids: IdSource; db: string; domain: string }): Parts {
  const db = openDatabase(options.db)
  return {
    tenantId: tenantIdOf(db, options.ids),
    db,
    clock: options.clock,
    ids: options.ids,
    objects: createObjects(db),
    memberships: createMemberships(db),
    assignments: createAssignments(db),
    domains: createDomains(db, options.domain),
    feed: createChangeFeed(db),
    atomically: (work) => (db.inTransaction ? work() : db.transaction(work)()),
  }
}

/** The object of that id and type. Throws {@link DirectoryError} where there is none, or it is not in the wanted state. */
export function requireObject(
  parts: Parts,
  ref: { readonly id: string; readonly objectType: ObjectType },
  state: "live" | "deleted" | "any" = "live",
): ObjectRow {
  const type = ref.objectType
  const row = parts.objects.find(ref.id)
  if (row === undefined || row.type !== type) {
    throw new DirectoryError(
      "UnknownObject",
      `There is no ${type.toLowerCase()} with the id ${ref.id}; it was purged, or never was.`,
    )
  }
  if (state === "live" && row.deleted_at !== null) {
    throw new DirectoryError("WrongState", `${nameOf(row)} is in the recycle bin; restore it first.`)
  }
  if (state === "deleted" && row.deleted_at === null) {
    throw new DirectoryError("WrongState", `${nameOf(row)} is not in the recycle bin; delete it first.`)
  }
  return row
}

/** The key of the object of that id and type, in whatever state. Throws {@link DirectoryError} where there is none. */
export function requireKey(parts: Parts, ref: { readonly id: string; readonly objectType: ObjectType }): number {
  const identity = parts.objects.identify(ref.id)
  return identity?.type === ref.objectType ? identity.key : requireObject(parts, ref, "any").key
}

/** The attributes of a row, by name. */
export function attributesOf(row: ObjectRow): Map<string, StoredValue> {
  return new Map(Object.entries(JSON.parse(row.attributes) as Record<string, StoredValue>))
}

/** How messages name an object. */
export function nameOf(row: ObjectRow): string {
  const name = attributesOf(row).get("displayName")
  return `The ${row.type.toLowerCase()} ${String(name)} (${row.id})`
}
