/**
 * The tenant's tables. Users and groups share one, since members, managers and assigned principals may be either; a small
 * integer key joins them. Attributes are one JSON text per object: the directory never searches by them, except by name.
 */
import Database from "better-sqlite3"

import type { IdSource } from "../../protocol/index.ts"
import { DirectoryError } from "./directory-error.ts"

export type Db = Database.Database

/** Raised with every change of the tables below; a file of another version is refused. */
const SCHEMA_VERSION = 2

const SCHEMA = `
  CREATE TABLE tenant (id TEXT NOT NULL);

  CREATE TABLE objects (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL CHECK (type IN ('User', 'Group')),
    upn_key TEXT UNIQUE,
    upn_before_deletion TEXT,
    attributes TEXT NOT NULL,
    manager_key INTEGER,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER
  );
  CREATE INDEX objects_manager ON objects (manager_key) WHERE manager_key IS NOT NULL;
  CREATE INDEX objects_deleted ON objects (deleted_at) WHERE deleted_at IS NOT NULL;

  CREATE TABLE memberships (
    group_key INTEGER NOT NULL,
    member_key INTEGER NOT NULL,
    PRIMARY KEY (group_key, member_key)
  ) WITHOUT ROWID;
  CREATE INDEX memberships_member ON memberships (member_key, group_key);

  CREATE TABLE applications (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    app_id TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    roles TEXT NOT NULL,
    created_at INTEGER NOT NULL
  );

  CREATE TABLE assignments (
    application_key INTEGER NOT NULL,
    principal_key INTEGER NOT NULL,
    role_id TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (application_key, principal_key, role_id)
  ) WITHOUT ROWID;
  CREATE INDEX assignments_principal ON assignments (principal_key, application_key);

  CREATE TABLE domains (name TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('initial', 'default', 'other'))) WITHOUT ROWID;

  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY,
    object_key INTEGER NOT NULL,
    object_id TEXT NOT NULL,
    object_type TEXT NOT NULL,
    kind TEXT NOT NULL,
    attributes TEXT,
    related_id TEXT,
    related_type TEXT,
    added INTEGER,
    at INTEGER NOT NULL
  );
  CREATE INDEX changes_object ON changes (object_key, seq);
  CREATE INDEX changes_member ON changes (object_key, related_id, seq) WHERE kind = 'membership';
`

/** Opens the tenant's database: a file, which is made if it is not there, or ":memory:". Throws {@link DirectoryError} where it can't be used. */
export function openDatabase(file: string): Db {
  try {
    return prepareDatabase(new Database(file))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DirectoryError(
      "WrongState",
      `${file} can't be used as a tenant: ${reason}. Name another file, or delete it.`,
      { cause },
    )
  }
}

function prepareDatabase(db: Db): Db {
  db.pragma("journal_mode = WAL")
  db.pragma("synchronous = NORMAL")
  // In KiB: ids and names come in no order, so a large tenant's indexes are touched everywhere.
  db.pragma("cache_size = -65536")
  const version = db.pragma("user_version", { simple: true })
  if (version === 0) {
    db.exec(`BEGIN; ${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`)
  } else if (version !== SCHEMA_VERSION) {
    db.close()
    throw new Error(`it was written by another version (${String(version)}, not ${SCHEMA_VERSION})`)
  }
  return db
}

/** The tenant's id: drawn once, and kept with it. */
export function tenantIdOf(db: Db, ids: IdSource): string {
  const known = db.prepare<[], string>("SELECT id FROM tenant").pluck().get()
  if (known !== undefined) return known
  const id = ids.next()
  db.prepare("INSERT INTO tenant (id) VALUES (?)").run(id)
  return id
}
