/**
 * Bearer tokens that were given when the target was opened, or are added while it runs: kept in memory, as their SHA-256 only.
 * Those that outlive the process are credentials (credentials.ts).
 */
import type { Clock } from "../../protocol/index.ts"
import type { Access, Role } from "./access.ts"
import { digestOf, isSameDigest } from "./secret.ts"

export interface TokenOptions {
  /** Epoch milliseconds from which the token is refused. Default: never. */
  readonly expiresAt?: number
  /** Id of the User that whoever has the token is. Default: none, and there is no /Me. */
  readonly subject?: string
}

/** Adds and takes away tokens while the target runs. Every change holds from the next request on. */
export interface TokenControl {
  /** Accepts a token; one that is there already gets the new expiry. @throws RangeError for an empty token */
  add(token: string, options?: TokenOptions): void
  /** Lets a token expire now; unknown ones are no error. */
  expire(token: string): void
  /** Forgets a token. */
  revoke(token: string): void
}

interface KnownToken {
  readonly digest: string
  readonly access: Access
  readonly expiresAt: number
}

export class TokenRegistry implements TokenControl {
  readonly #clock: Clock
  readonly #access: Access
  readonly #tokens = new Map<string, KnownToken>()

  /** `actor` is how the audit log calls whoever has one of the tokens, `role` what they may do. */
  constructor(clock: Clock, tokens: readonly string[], actor = "token:option", role: Role = "provisioning") {
    this.#clock = clock
    this.#access = { actor, role }
    for (const token of tokens) this.add(token)
  }

  add(token: string, { expiresAt = Infinity, subject }: TokenOptions = {}): void {
    if (token === "") throw new RangeError("A bearer token cannot be empty.")
    this.grant(token, subject === undefined ? this.#access : { ...this.#access, subject }, expiresAt)
  }

  /** Accepts a token of somebody else; those that have expired are forgotten on the way. */
  grant(token: string, access: Access, expiresAt: number): void {
    const now = this.#clock.now()
    for (const known of this.#tokens.values()) if (known.expiresAt <= now) this.#tokens.delete(known.digest)
    const digest = digestOf(token)
    this.#tokens.set(digest, { digest, access, expiresAt })
  }

  expire(token: string): void {
    const digest = digestOf(token)
    const known = this.#tokens.get(digest)
    if (known !== undefined) this.#tokens.set(digest, { ...known, expiresAt: this.#clock.now() })
  }

  revoke(token: string): void {
    this.#tokens.delete(digestOf(token))
  }

  /**
   * Whose token has that digest, while it has not expired. The digest finds the candidate: nobody can steer its bits towards
   * a stored one, so that the look-up tells nothing; the whole is then compared in constant time.
   */
  accessBy(digest: string): Access | undefined {
    const known = this.#tokens.get(digest)
    const isLive = known !== undefined && isSameDigest(known.digest, digest) && this.#clock.now() < known.expiresAt
    return isLive ? known.access : undefined
  }

  /** How many tokens are accepted now. */
  live(): number {
    const now = this.#clock.now()
    return [...this.#tokens.values()].filter(({ expiresAt }) => now < expiresAt).length
  }
}
