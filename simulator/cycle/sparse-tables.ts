/**
 * The tables of a job's memory that most cycles find empty. Whether there is anything in one is asked once, and again only after
 * something was taken out of it, so that a cycle without trouble asks none of them anything.
 */
import type { JobStatements, SparseTable } from "./store-statements.ts"

export class SparseTables {
  readonly #any: JobStatements["any"]
  readonly #isEmpty = new Map<SparseTable, boolean>()

  constructor(any: JobStatements["any"]) {
    this.#any = any
  }

  isEmpty(table: SparseTable): boolean {
    let isEmpty = this.#isEmpty.get(table)
    if (isEmpty === undefined) {
      isEmpty = this.#any[table].get() === undefined
      this.#isEmpty.set(table, isEmpty)
    }
    return isEmpty
  }

  /** A row is there now. */
  added(table: SparseTable): void {
    this.#isEmpty.set(table, false)
  }

  /** Rows have gone, perhaps the last ones. */
  removed(table: SparseTable): void {
    this.#isEmpty.delete(table)
  }

  /** Nothing that was known holds any more. */
  forget(): void {
    this.#isEmpty.clear()
  }
}
