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

  /** Adds a tenant; false where there is one of that name. */
  add({ name, created, settings }: TenantRow): boolean {
    const insert = "INSERT OR IGNORE INTO tenant (name, created, settings) VALUES (?, ?, ?)"
    return this.#database.prepare(insert).run(name, created, settings).changes === 1
  }

  /** Changes the settings of a tenant; false where there is none of that name. */
  update({ name, settings }: TenantRow): boolean {
    return this.#database.prepare("UPDATE tenant SET settings = ? WHERE name = ?").run(settings, name).changes === 1
  }

  remove(name: string): void {
    this.#database.prepare("DELETE FROM tenant WHERE name = ?").run(name)
  }
}
