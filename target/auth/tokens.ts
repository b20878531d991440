/** Bearer tokens that the target accepts. Only their SHA-256 is kept, compared in constant time; they expire by the clock. */
import { hash, timingSafeEqual } from "node:crypto"
import type { Clock } from "../../protocol/index.ts"
import { Memo } from "../memo.ts"

export interface TokenOptions {
  /** Epoch milliseconds from which the token is refused. Default: never. */
  readonly expiresAt?: number
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
  readonly digest: Buffer
  readonly expiresAt: number
}

export class TokenRegistry implements TokenControl {
  readonly #clock: Clock
  readonly #tokens = new Map<string, KnownToken>()
  /** Hashing costs as much as the rest of a look-up. Whether a digest is accepted is never remembered. */
  readonly #digests = new Memo<Buffer>(100)

  constructor(clock: Clock, tokens: readonly string[]) {
    this.#clock = clock
    for (const token of tokens) this.add(token)
  }

  add(token: string, { expiresAt = Infinity }: TokenOptions = {}): void {
    if (token === "") throw new RangeError("A bearer token cannot be empty.")
    const digest = digestOf(token)
    this.#tokens.set(digest.toString("hex"), { digest, expiresAt })
  }

  expire(token: string): void {
    const key = digestOf(token).toString("hex")
    const known = this.#tokens.get(key)
    if (known !== undefined) this.#tokens.set(key, { ...known, expiresAt: this.#clock.now() })
  }

  revoke(token: string): void {
    this.#tokens.delete(digestOf(token).toString("hex"))
  }

  /** Whether the token is known and has not expired. Every known token is compared, so that time tells nothing. */
  accepts(token: string): boolean {
    const digest = this.#digests.recall(token, digestOf)
    let isAccepted = false
    for (const known of this.#tokens.values()) {
      const isSame = timingSafeEqual(known.digest, digest)
      isAccepted = (isSame && this.#clock.now() < known.expiresAt) || isAccepted
    }
    return isAccepted
  }
}

function digestOf(token: string): Buffer {
  return hash("sha256", token, "buffer")
}
