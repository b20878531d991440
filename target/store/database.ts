/**
 * The database: tables, indexes and the functions that filters need. A resource is one row with its document as JSON text;
 * what it is looked up by stands in `lookup`, one row a value, ordered by the value first: what one person is called by is
 * often alike (userName and e-mail), so that a write touches few pages. Members stand in `membership`, one row a member, so
 * that adding one costs the same in a group of ten and of a hundred thousand. Hashes of
 * passwords stand in `secret`, and in `catalogue` the custom schemas that the resources were written by.
 */
import Database, { SqliteError } from "better-sqlite3"
import { parseDateTime } from "../resource/date-time.ts"
import { comparable } from "../resource/text.ts"
import type { Comparison } from "../resource/text.ts"
import { GUARD_TABLES } from "./guard-tables.ts"

export type { Database } from "better-sqlite3"

const VERSION = 4

const MEMORY = ":memory:"

/**
 * Memory for pages of a file: the upper levels of every index of some millions of resources. SQLite's own 2 MiB are few; more than
 * these 16 saved no processor time among a million people, since the system keeps the file's pages anyway.
 */
const CACHE_KIB = 16 * 1024

const TABLES = `
  CREATE TABLE resource (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    document TEXT NOT NULL,
    display TEXT,
    manager TEXT,
    created INTEGER NOT NULL,
    last_modified INTEGER NOT NULL,
    version INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX resource_by_type ON resource (type);

  CREATE TABLE lookup (
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    resource INTEGER NOT NULL,
    PRIMARY KEY (key, name, resource)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE membership (
    container INTEGER NOT NULL REFERENCES resource (seq) ON DELETE CASCADE,
    member INTEGER NOT NULL REFERENCES resource (seq) ON DELETE CASCADE,
    PRIMARY KEY (container, member)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX membership_by_member ON membership (member);

  CREATE TABLE secret (
    resource INTEGER NOT NULL REFERENCES resource (seq) ON DELETE CASCADE,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (resource, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE catalogue (
    name TEXT PRIMARY KEY,
    definition TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`

/** SQL functions that make a text comparable. */
export const COMPARISON_FUNCTIONS: Readonly<Record<Exclude<Comparison, "verbatim">, string>> = {
  folded: "scim_folded",
  username: "scim_username",
  composed: "scim_composed",
}

/** SQL function that reads a dateTime as epoch milliseconds. */
export const INSTANT_FUNCTION = "scim_instant"

/**
 * Opens (and where it is new, lays out) the database. A file belongs to the process that opened it until it closes it or
 * ends: nobody else can change it behind what has been answered, and no lock has to be taken for each request.
 *
 * @param path A file, or `:memory:`.
 * @param definitions What the resources are written by, by name. A file keeps them; more may come, none may change or go.
 * @throws Error where the file is of another version or of other definitions, no database, or open in another process.
 */
export function openDatabase(path: string, definitions: ReadonlyMap<string, string> = new Map()): Database.Database {
  const database = new Database(path, { timeout: 0 })
  try {
    prepareDatabase(database, path)
    recordDefinitions(database, path, definitions)
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

function prepareDatabase(database: Database.Database, path: string): void {
  database.pragma("foreign_keys = ON")
  if (path !== MEMORY) ownDurably(database, path)
  const version = database.pragma("user_version", { simple: true })
  if (version === 0) database.exec(`BEGIN; ${TABLES} ${GUARD_TABLES} PRAGMA user_version = ${VERSION}; COMMIT;`)
  else if (version !== VERSION) {
    throw new Error(
      `${path} was written by another version of scimulate (layout ${String(version)}): use another file.`,
    )
  }
  defineFunctions(database)
}

function recordDefinitions(database: Database.Database, path: string, definitions: ReadonlyMap<string, string>): void {
  const known = database.prepare<[], { name: string; definition: string }>("SELECT name, definition FROM catalogue")
  for (const { name, definition } of known.all()) {
    if (definitions.get(name) === definition) continue
    throw new Error(
      `${path} was made with the ${name}, which ${definitions.has(name) ? "has changed" : "is missing"} now: ` +
        "start it with the same schema file, or use another database.",
    )
  }
  const add = database.prepare("INSERT OR IGNORE INTO catalogue (name, definition) VALUES (?, ?)")
  for (const [name, definition] of definitions) add.run(name, definition)
}

/** Takes the file for this process, and lets a commit return only once it is on the disk. */
function ownDurably(database: Database.Database, path: string): void {
  try {
    // Before the first access, or the log would be shared with other processes after all.
    database.pragma("locking_mode = EXCLUSIVE")
    database.pragma("journal_mode = WAL")
    database.pragma("synchronous = FULL")
    database.pragma(`cache_size = -${CACHE_KIB}`)
    database.exec("BEGIN IMMEDIATE; COMMIT")
  } catch (error) {
    if (!(error instanceof SqliteError) || !error.code.startsWith("SQLITE_BUSY")) throw error
    throw new Error(`${path} is open in another process: end that one, or use another file.`, { cause: error })
  }
}

function defineFunctions(database: Database.Database): void {
  for (const comparison of ["folded", "username", "composed"] as const) {
    defineTextFunction(database, COMPARISON_FUNCTIONS[comparison], (text) => comparable(comparison, text))
  }
  defineTextFunction(database, INSTANT_FUNCTION, parseDateTime)
}

function defineTextFunction(
  database: Database.Database,
  name: string,
  compute: (text: string) => string | number | undefined,
): void {
  database.function(name, { deterministic: true }, (value: unknown) =>
    typeof value === "string" ? (compute(value) ?? null) : null,
  )
}
