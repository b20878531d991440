/**
 * The audit log of a tenant: who changed what, who was refused, and what was administered. It is appended to and read from
 * its end. It has no index but its order, since an index would cost every write more than the entry itself; the number of
 * entries is bounded instead, which bounds the disk and what a rare question has to look through.
 */
import type { Database, Statement } from "better-sqlite3"
import type { Clock } from "../../protocol/index.ts"

/** `scim`: what clients do, asking for a token among it. `administration`: what came through /admin. */
export const AUDIT_KINDS = ["scim", "administration"] as const
export type AuditKind = (typeof AUDIT_KINDS)[number]

/** What happened. Never holds a secret, nor a value of a resource. */
export interface AuditEvent {
  readonly kind: AuditKind
  /** Who did it: `token:ID`, `client:ID`, `jwt:APPLICATION`, `anonymous`; `unknown` where nobody could be made out. */
  readonly actor: string
  /** The method of a SCIM request, or what else was done: `token.issue`, `tenant.create`. */
  readonly action: string
  /** What it was done to: `Users/ID`, `tokens/ID`. */
  readonly resource: string
  /** The status of the answer. */
  readonly status: number
  readonly address?: string | undefined
  readonly detail?: string | undefined
}

/** An event as it was recorded. `at` is epoch milliseconds and never goes back. */
export interface AuditEntry {
  readonly seq: number
  readonly at: number
  readonly kind: AuditKind
  readonly actor: string
  readonly action: string
  readonly resource: string
  readonly status: number
  readonly address: string | null
  readonly detail: string | null
}

export interface AuditQuery {
  readonly kind?: AuditKind | undefined
  readonly actor?: string | undefined
  /** One resource, or all of a collection: `Users/ID`, `Users`. */
  readonly resource?: string | undefined
  /** Epoch milliseconds, inclusive. */
  readonly from?: number | undefined
  /** Epoch milliseconds, exclusive. */
  readonly until?: number | undefined
  /** Only what was recorded before the entry with this number. */
  readonly before?: number | undefined
  readonly limit: number
}

/** The oldest entries go beyond this number. */
const MAX_AUDIT_ENTRIES = 1_000_000
/** How often the oldest are looked for, in entries. */
const PRUNE_STEP = 1000

type Row = [number, string, string, string, string, number, string | null, string | null]

export class AuditLog {
  readonly #database: Database
  readonly #clock: Clock
  readonly #maxEntries: number
  #insert: Statement<Row> | undefined
  #lastAt: number | undefined

  constructor(database: Database, clock: Clock, maxEntries: number = MAX_AUDIT_ENTRIES) {
    this.#database = database
    this.#clock = clock
    this.#maxEntries = maxEntries
  }

  /** Appends an event, in the unit of work that is under way. */
  record({ kind, actor, action, resource, status, address, detail }: AuditEvent): void {
    this.#insert ??= this.#database.prepare(
      "INSERT INTO audit (at, kind, actor, action, resource, status, address, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    const at = Math.max(this.#clock.now(), this.#lastAt ?? this.#readLastAt())
    const row = this.#insert.run(at, kind, actor, action, resource, status, address ?? null, detail ?? null)
    this.#lastAt = at
    const seq = Number(row.lastInsertRowid)
    if (seq % PRUNE_STEP === 0) this.#database.prepare("DELETE FROM audit WHERE seq <= ?").run(seq - this.#maxEntries)
  }

  /** What was recorded, the newest first. */
  read({ kind, actor, resource, from, until, before, limit }: AuditQuery): readonly AuditEntry[] {
    return this.#database
      .prepare<unknown[], AuditEntry>(
        `SELECT * FROM audit
         WHERE (:kind IS NULL OR kind = :kind) AND (:actor IS NULL OR actor = :actor)
           AND (:resource IS NULL OR resource = :resource OR substr(resource, 1, length(:resource) + 1) = :resource || '/')
           AND (:from IS NULL OR at >= :from) AND (:until IS NULL OR at < :until)
           AND seq < :before
         ORDER BY seq DESC LIMIT :limit`,
      )
      .all({
        kind: kind ?? null,
        actor: actor ?? null,
        resource: resource ?? null,
        from: from ?? null,
        until: until ?? null,
        before: before ?? Number.MAX_SAFE_INTEGER,
        limit,
      })
  }

  #readLastAt(): number {
    return (
      this.#database.prepare<[], number>("SELECT at FROM audit ORDER BY seq DESC LIMIT 1").pluck().get() ??
      Number.NEGATIVE_INFINITY
    )
  }
}
