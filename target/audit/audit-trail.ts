/**
 * What requests of one kind leave in the audit log: each write that was done, in the same commit as the write; and what was refused.
 * Reads that were answered leave nothing. A flood of refusals is counted, not written one by one.
 */
import type { Clock } from "../../protocol/index.ts"
import { RateLimiter } from "../auth/rate-limit.ts"
import type { AuditKind, AuditLog } from "./audit-log.ts"

/** Who sends a request and from where, as far as that is known. */
export interface Caller {
  readonly actor: string
  readonly address?: string | undefined
}

export interface Refusal {
  readonly method: string
  /** What was asked for, relative to the base URL. */
  readonly resource: string
  readonly status: number
  readonly detail: string
}

/** So many refusals are written; the others are counted. */
const REFUSALS = { requests: 60, perMs: 60_000 }
/** No more of what a client wrote is kept. */
const MAX_TEXT_LENGTH = 200

export interface AuditTrailOptions {
  readonly log: AuditLog
  readonly kind: AuditKind
  readonly clock: Clock
  /** Does the work as a unit of the database of its own. */
  readonly enqueue: (work: () => void) => Promise<void>
  readonly onUnexpected: (error: unknown) => void
}

export class AuditTrail {
  readonly #options: AuditTrailOptions
  readonly #refusals: RateLimiter
  #unwritten = 0

  constructor(options: AuditTrailOptions) {
    this.#options = options
    this.#refusals = new RateLimiter(options.clock, REFUSALS)
  }

  /** Records a write, in the unit of work that does it. */
  written({ actor, address }: Caller, action: string, resource: string, status: number): void {
    const { log, kind } = this.#options
    log.record({ kind, actor, action, resource, status, address })
  }

  /** Records a request that was refused: what it had done is undone already. */
  refused({ actor, address }: Caller, { method, resource, status, detail }: Refusal): void {
    if (this.#refusals.take() > 0) {
      this.#unwritten += 1
      return
    }
    const { log, kind, enqueue, onUnexpected } = this.#options
    const cut = detail.slice(0, MAX_TEXT_LENGTH)
    const others = this.#unwritten
    this.#unwritten = 0
    const event = {
      kind,
      actor,
      address,
      action: method,
      resource: resource.slice(0, MAX_TEXT_LENGTH),
      status,
      detail: others === 0 ? cut : `${cut} (before it, ${others} refusals were not written)`,
    }
    enqueue(() => log.record(event)).catch(onUnexpected)
  }
}
