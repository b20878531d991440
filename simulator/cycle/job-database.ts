/** The file that keeps a job: links, references, escrows, log and state. */
import Database from "better-sqlite3"
import { JobError } from "./job-error.ts"

/** Raised with every change of a job's tables; a file of another version is refused. */
const SCHEMA_VERSION = 1005

/**
 * Opens or makes the file, or ":memory:". Write-ahead logging: what was committed outlives the process however it ends, and
 * costs no flush per write; a power cut may lose the last moments, which the next cycle finds again by matching (RES-03).
 * Throws {@link JobError} where the file can't be used.
 */
export function openJobDatabase(file: string): Database.Database {
  const database = new Database(file)
  database.pragma("journal_mode = WAL")
  database.pragma("synchronous = NORMAL")
  // In pages: a checkpoint waits for the disk, so there is one per 32 MB instead of one per four.
  database.pragma("wal_autocheckpoint = 8000")
  const version = database.pragma("user_version", { simple: true })
  if (version === 0) database.pragma(`user_version = ${SCHEMA_VERSION}`)
  else if (version !== SCHEMA_VERSION) {
    database.close()
    throw new JobError("Conflict", `${file} holds no job of this version. Name another file, or delete it.`)
  }
  return database
}

/** The number that a job has in the tables of the file: a job's id is long, and would stand in every row and index. */
export function jobNumberOf(database: Database.Database, id: string): number {
  database.exec("create table if not exists jobs (number integer primary key, id text not null unique)")
  database.prepare("insert or ignore into jobs (id) values (?)").run(id)
  const number = database.prepare<[string], number>("select number from jobs where id = ?").pluck().get(id)
  if (number === undefined) throw new Error(`The job ${id} was not stored.`)
  return number
}
