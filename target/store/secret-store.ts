/** What of a resource is kept as a hash only, in a table of its own: no query that shows resources ever reads it. */
import type { Database, Statement } from "better-sqlite3"

export class SecretStore {
  readonly #set: Statement<[number, string, string]>
  readonly #remove: Statement<[number, string]>

  constructor(database: Database) {
    this.#set = database.prepare(
      `INSERT INTO secret (resource, name, hash) VALUES (?, ?, ?)
       ON CONFLICT (resource, name) DO UPDATE SET hash = excluded.hash`,
    )
    this.#remove = database.prepare("DELETE FROM secret WHERE resource = ? AND name = ?")
  }

  /** Keeps the hash of the secret called `name` of the resource in that place; without one forgets it. */
  set(resource: number, name: string, hash: string | undefined): void {
    if (hash === undefined) this.#remove.run(resource, name)
    else this.#set.run(resource, name, hash)
  }
}
