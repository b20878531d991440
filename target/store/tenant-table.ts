/** Which tenants a server has, in the default tenant's database. */
import type { Database } from "better-sqlite3"

export interface TenantRow {
  readonly name: string
  /** Epoch milliseconds. */
  readonly created: number
  /** JSON text. */
  readonly settings: string
}

export class TenantTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  all(): readonly TenantRow[] {
    return this.#database.prepare<[], TenantRow>("SELECT name, created, settings FROM tenant ORDER BY name").all()
  }

  /** Adds a tenant, or changes the settings of one. */
  save({ name, created, settings }: TenantRow): void {
    this.#database
      .prepare(
        `INSERT INTO tenant (name, created, settings) VALUES (?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET settings = excluded.settings`,
      )
      .run(name, created, settings)
  }

  remove(name: string): void {
    this.#database.prepare("DELETE FROM tenant WHERE name = ?").run(name)
  }
}
