/**
 * What guards the SCIM endpoints of one tenant, as the HTTP edge sees it: who may pass, and what is written down of those who
 * did and those who did not.
 */
import type { Context } from "hono"
import type { AuditTrail } from "../audit/audit-trail.ts"
import type { ScimError } from "../scim-error.ts"
import type { Access } from "./access.ts"
import { callerOf } from "./addresses.ts"
import type { AddressList, Peer } from "./addresses.ts"
import type { Gate, Intent } from "./gate.ts"

export interface GuardOptions {
  /** Asked for each request, since a tenant's settings may change. */
  readonly gate: () => Gate
  /** Where requests leave their traces; nowhere, without it. */
  readonly trail?: AuditTrail
  readonly trustedProxies?: AddressList
}

/** Under this name Hono keeps whose request it is. */
const ACCESS = "access"

export class Guard {
  readonly #options: GuardOptions

  constructor(options: GuardOptions) {
    this.#options = options
  }

  /** Whether clients have to authenticate. */
  get needsToken(): boolean {
    return this.#options.gate().needsToken
  }

  /** Lets a request pass, at once where nothing has to be waited for. @throws ScimError 401, 403, 429, 503 */
  admit(context: Context, intent: Intent): void | Promise<void> {
    const gate = this.#options.gate()
    const access = gate.identify(context.req.header("authorization"))
    if (access instanceof Promise) return access.then((known) => this.#pass(context, gate, known, intent))
    return this.#pass(context, gate, access, intent)
  }

  /** Id of the User that sends a request, where its token was made for one; the request has passed already. */
  subjectOf(context: Context): string | undefined {
    return accessOf(context)?.subject
  }

  /** Records a write in the unit of work that does it. */
  written(context: Context, action: string, resource: string, status: number): void {
    const { trail } = this.#options
    trail?.written({ actor: actorOf(context), address: this.#addressOf(context) }, action, resource, status)
  }

  /** Records that a request was refused, where that is worth a record: a write, or somebody without the right. */
  refused(context: Context, { status, message }: ScimError, intent: Intent, resource: string): void {
    const { trail } = this.#options
    const isUnwelcome = status === 401 || status === 403 || status === 429
    if (trail === undefined || (intent === "read" && !isUnwelcome)) return
    const caller = { actor: actorOf(context), address: this.#addressOf(context) }
    trail.refused(caller, { method: context.req.method, resource, status, detail: message })
  }

  #pass(context: Context, gate: Gate, access: Access, intent: Intent): void {
    context.set(ACCESS, access)
    gate.pass(access, intent)
  }

  #addressOf(context: Context): string | undefined {
    const peer: Peer | undefined = context.env
    return callerOf(peer, () => context.req.header("x-forwarded-for") ?? null, this.#options.trustedProxies)
  }
}

/** Nobody, where the request has not passed. */
function accessOf(context: Context): Access | undefined {
  const access: Access | undefined = context.get(ACCESS)
  return access
}

function actorOf(context: Context): string {
  return accessOf(context)?.actor ?? "unknown"
}
