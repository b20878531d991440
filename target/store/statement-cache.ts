import type { Database, Statement } from "better-sqlite3"
import type { SqlParam } from "./sql.ts"

/** How many different texts keep their statement; filters of one form share one text. */
const CACHE_SIZE = 300

/** Prepared statements by their text, all giving rows of one kind. The one unused for longest goes first. */
export class StatementCache<Row> {
  readonly #database: Database
  readonly #statements = new Map<string, Statement<SqlParam[], Row>>()

  constructor(database: Database) {
    this.#database = database
  }

  prepare(text: string): Statement<SqlParam[], Row> {
    const statement = this.#statements.get(text) ?? this.#database.prepare<SqlParam[], Row>(text)
    // Set again, it is the youngest.
    this.#statements.delete(text)
    this.#statements.set(text, statement)
    const [oldest] = this.#statements.keys()
    if (this.#statements.size > CACHE_SIZE && oldest !== undefined) this.#statements.delete(oldest)
    return statement
  }
}
