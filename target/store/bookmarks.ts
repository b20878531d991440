/**
 * Where pages begin, in lists of all resources of a type in the order of their creation. SQLite finds the 900,001st by walking
 * past 900,000; a client that walks through the pages asks for it when it has just read those before, so the end of each page
 * is remembered. New resources come last and move nothing; when one is removed, all is forgotten.
 */
import type { Database, Statement } from "better-sqlite3"
import { Memo } from "../memo.ts"

/** Ends of pages that are remembered: those of several walks at once. */
const BOOKMARKS = 2000

export class Bookmarks {
  readonly #find: Statement<[string, number, number], number>
  #seqs = new Memo<number | undefined>(BOOKMARKS)

  constructor(database: Database) {
    this.#find = database
      .prepare<[string, number, number], number>(
        "SELECT seq FROM resource WHERE type = ? AND seq > ? ORDER BY seq LIMIT 1 OFFSET ?",
      )
      .pluck()
  }

  /** The place of the last resource of the type that comes before `offset`; undefined where there are not that many. */
  placeBefore(type: string, offset: number): number | undefined {
    return offset === 0 ? 0 : this.#recall(type, offset, 0, offset)
  }

  /** Notes the end of a full page, which began behind the resource in `place`. */
  noteEnd(type: string, place: number, { offset, limit }: { offset: number; limit: number }): void {
    this.#recall(type, offset + limit, place, limit)
  }

  forget(): void {
    this.#seqs = new Memo(BOOKMARKS)
  }

  #recall(type: string, offset: number, place: number, steps: number): number | undefined {
    return this.#seqs.recall(`${type} ${offset}`, () => this.#find.get(type, place, steps - 1))
  }
}
