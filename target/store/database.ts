/**
 * The database: tables, indexes and the functions that filters need. A resource is one row with its document as JSON text;
 * what it is looked up by stands in `lookup`, one row a value; members stand in `membership`, one row a member, so that
 * adding one costs the same in a group of ten and of a hundred thousand.
 */
import Database from "better-sqlite3"
import { parseDateTime } from "../resource/date-time.ts"
import { comparable } from "../resource/text.ts"
import type { Comparison } from "../resource/text.ts"

export type { Database } from "better-sqlite3"

const VERSION = 1

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
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    resource INTEGER NOT NULL,
    is_unique INTEGER NOT NULL,
    PRIMARY KEY (name, key, resource)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX lookup_unique ON lookup (name, key) WHERE is_unique = 1;

  CREATE TABLE membership (
    container INTEGER NOT NULL REFERENCES resource (seq) ON DELETE CASCADE,
    member INTEGER NOT NULL REFERENCES resource (seq) ON DELETE CASCADE,
    PRIMARY KEY (container, member)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX membership_by_member ON membership (member);
`

/** SQL functions that make a text comparable. */
export const COMPARISON_FUNCTIONS: Readonly<Record<Exclude<Comparison, "verbatim">, string>> = {
  folded: "scim_folded",
  composed: "scim_composed",
}

/** SQL function that reads a dateTime as epoch milliseconds. */
export const INSTANT_FUNCTION = "scim_instant"

/**
 * Opens (and where it is new, lays out) the database.
 *
 * @param path A file, or `:memory:`.
 * @throws Error where the file is of another version, or no database.
 */
export function openDatabase(path: string): Database.Database {
  const database = new Database(path)
  try {
    prepareDatabase(database, path)
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

function prepareDatabase(database: Database.Database, path: string): void {
  database.pragma("foreign_keys = ON")
  if (path !== ":memory:") database.pragma("journal_mode = WAL")
  const version = database.pragma("user_version", { simple: true })
  if (version === 0) database.exec(`BEGIN; ${TABLES} PRAGMA user_version = ${VERSION}; COMMIT;`)
  else if (version !== VERSION) {
    throw new Error(
      `${path} was written by another version of scimulate (layout ${String(version)}): use another file.`,
    )
  }
  defineFunctions(database)
}

function defineFunctions(database: Database.Database): void {
  for (const comparison of ["folded", "composed"] as const) {
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
