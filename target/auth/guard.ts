/**
 * What guards the SCIM endpoints of one tenant, as the HTTP edge sees it: who may pass, and what is written down of those who
 * did and those who did not.
 */
import type { AuditTrail } from "../audit/audit-trail.ts"
import type { Call } from "../routes/call.ts"
import type { ScimError } from "../scim-error.ts"
import type { Access } from "./access.ts"
import { callerOf } from "./addresses.ts"
import type { AddressList } from "./addresses.ts"
import type { Gate, Intent } from "./gate.ts"

export interface GuardOptions {
  /** Asked for each request, since a tenant's settings may change. */
  readonly gate: () => Gate
  /** Where requests leave their traces; nowhere, without it. */
  readonly trail?: AuditTrail
  readonly trustedProxies?: AddressList
}

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
  admit(call: Call, intent: Intent): void | Promise<void> {
    const gate = this.#options.gate()
    const access = gate.identify(call.header("authorization"))
    if (access instanceof Promise) return access.then((known) => this.#pass(call, gate, known, intent))
    return this.#pass(call, gate, access, intent)
  }

  /** Id of the User that sends a request, where its token was made for one; the request has passed already. */
  subjectOf(call: Call): string | undefined {
    return call.access?.subject
  }

  /** Records a write in the unit of work that does it. */
  written(call: Call, action: string, resource: string, status: number): void {
    const { trail } = this.#options
    trail?.written({ actor: actorOf(call), address: this.#addressOf(call) }, action, resource, status)
  }

  /** Records that a request was refused, where that is worth a record: a write, or somebody without the right. */
  refused(call: Call, { status, message }: ScimError, intent: Intent, resource: string): void {
    const { trail } = this.#options
    const isUnwelcome = status === 401 || status === 403 || status === 429
    if (trail === undefined || (intent === "read" && !isUnwelcome)) return
    const caller = { actor: actorOf(call), address: this.#addressOf(call) }
    trail.refused(caller, { method: call.method, resource, status, detail: message })
  }

  #pass(call: Call, gate: Gate, access: Access, intent: Intent): void {
    call.access = access
    gate.pass(access, intent)
  }

  #addressOf(call: Call): string | undefined {
    return callerOf(call.peer, () => call.header("x-forwarded-for") ?? null, this.#options.trustedProxies)
  }
}

/** Nobody, where the request has not passed. */
function actorOf(call: Call): string {
  return call.access?.actor ?? "unknown"
}
