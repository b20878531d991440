import type { Database, Statement } from "better-sqlite3"
import type { SqlParam } from "./sql.ts"

/** How many different texts keep their statement; filters of one form share one text. */
const CACHE_SIZE = 300

type Configure<Row> = (statement: Statement<SqlParam[], Row>) => Statement<SqlParam[], Row>

/** Prepared statements by their text, all giving rows of one kind. The one unused for longest goes first. */
export class StatementCache<Row> {
  readonly #database: Database
  readonly #configure: Configure<Row>
  readonly #statements = new Map<string, Statement<SqlParam[], Row>>()

  /** `configure` sets how a new statement gives its rows; as objects, unless told. */
  constructor(database: Database, configure: Configure<Row> = (statement) => statement) {
    this.#database = database
    this.#configure = configure
  }

  prepare(text: string): Statement<SqlParam[], Row> {
    const known = this.#statements.get(text)
    const statement = known ?? this.#configure(this.#database.prepare<SqlParam[], Row>(text))
    // Set again, it is the youngest.
    if (known !== undefined) this.#statements.delete(text)
    else if (this.#statements.size >= CACHE_SIZE) this.#dropOldest()
    this.#statements.set(text, statement)
    return statement
  }

  #dropOldest(): void {
    const [oldest] = this.#statements.keys()
    if (oldest !== undefined) this.#statements.delete(oldest)
  }
}
