/**
 * Who may pass to a tenant's SCIM endpoints: authentication, the rate limit, and the role, in this order. Refused credentials
 * have an allowance of their own: guessing is slowed down (RFC7644-7.7-01) without taking anything from those who are let in.
 */
import type { Clock } from "../../protocol/index.ts"
import { ScimError } from "../scim-error.ts"
import { ANONYMOUS } from "./access.ts"
import type { Access } from "./access.ts"
import { authenticate, insufficientRole } from "./bearer.ts"
import type { Authenticator } from "./bearer.ts"
import { RateLimiter, tooManyRequests } from "./rate-limit.ts"
import type { RateLimit } from "./rate-limit.ts"

/** What a request wants: `read` changes nothing. */
export type Intent = "read" | "write"

export interface GateOptions {
  readonly clock: Clock
  /** Without it everybody may do everything. */
  readonly authenticator?: Authenticator
  readonly rateLimit?: RateLimit
  /** Hears of each request that was refused for its rate. */
  readonly onLimited?: () => void
}

export class Gate {
  readonly needsToken: boolean
  readonly #authenticator: Authenticator | undefined
  readonly #requests: RateLimiter | undefined
  readonly #failures: RateLimiter | undefined
  readonly #onLimited: () => void

  constructor({ clock, authenticator, rateLimit, onLimited = () => {} }: GateOptions) {
    this.needsToken = authenticator !== undefined
    this.#authenticator = authenticator
    this.#requests = rateLimit && new RateLimiter(clock, rateLimit)
    this.#failures = rateLimit && new RateLimiter(clock, rateLimit)
    this.#onLimited = onLimited
  }

  /**
   * Who sends a request; at once where nothing has to be waited for.
   *
   * @throws ScimError 401; 429 where refused credentials come too fast; 503 where nobody can say whether the token is good
   */
  identify(authorization: string | undefined): Access | Promise<Access> {
    if (this.#authenticator === undefined) return ANONYMOUS
    try {
      const access = authenticate(authorization, this.#authenticator)
      return access instanceof Promise ? access.catch((error: unknown) => this.#failed(error)) : access
    } catch (error) {
      return this.#failed(error)
    }
  }

  /** Lets those pass who may. @throws ScimError 403, 429 */
  pass(access: Access, intent: Intent): void {
    const waitMs = this.takeRequest()
    if (waitMs > 0) throw tooManyRequests(waitMs, "This tenant's requests come too fast: wait, and repeat it.")
    if (access.role === "administration") {
      throw insufficientRole("An administration token is for /admin: it sees no resources.", "provisioning read-only")
    }
    if (intent === "write" && access.role !== "provisioning") {
      throw insufficientRole("This token may read, and change nothing.", "provisioning")
    }
  }

  /** Counts a request: the milliseconds to wait, where there were too many of them. */
  takeRequest(): number {
    return this.#take(this.#requests)
  }

  /** Counts a request with refused credentials: the milliseconds to wait, where there were too many of them. */
  takeRefusal(): number {
    return this.#take(this.#failures)
  }

  #failed(error: unknown): never {
    if (error instanceof ScimError && error.status === 401) {
      const waitMs = this.takeRefusal()
      if (waitMs > 0) throw tooManyRequests(waitMs, "Too many requests with refused credentials: wait, and repeat it.")
    }
    throw error
  }

  #take(limiter: RateLimiter | undefined): number {
    const waitMs = limiter?.take() ?? 0
    if (waitMs > 0) this.#onLimited()
    return waitMs
  }
}
