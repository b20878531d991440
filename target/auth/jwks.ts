/**
 * The keys that an issuer signs with: given as they are, or fetched from a URL and kept by the clock. An unknown key asks
 * again, since issuers change keys without a word, but not more often than the cool-down allows: whoever makes up key ids
 * cannot make the target flood the issuer.
 */
import { createLocalJWKSet, errors } from "jose"
import type { JSONWebKeySet, JWTVerifyGetKey } from "jose"
import { z } from "zod"
import type { Clock } from "../../protocol/index.ts"

/** Keys are fetched anew after this time, so that one that was withdrawn is not trusted for ever. */
const MAX_AGE_MS = 10 * 60_000
/** Time between two fetches for the sake of an unknown key, and after one that failed. */
const COOL_DOWN_MS = 30_000
/** Keys go on so long while the issuer cannot be reached. */
const STALE_MS = 24 * 60 * 60_000

/** A JSON Web Key Set (RFC 7517 §5), as far as it is looked at here; jose reads the rest. */
export const jwksSchema = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) })

/** The keys cannot be had: nobody can say whether a token is good. */
export class KeysUnavailableError extends Error {
  override readonly name = "KeysUnavailableError"
}

export interface KeySource {
  readonly getKey: JWTVerifyGetKey
  /** Epoch milliseconds until which a signature that was checked now may be believed without the keys. */
  trustedUntil(): number
}

/** Keys that never change. @throws TypeError where they are no key set */
export function fixedKeys(jwks: JSONWebKeySet): KeySource {
  return { getKey: createLocalJWKSet(jwks), trustedUntil: () => Infinity }
}

export interface FetchedKeysOptions {
  readonly url: string
  readonly clock: Clock
  readonly fetch: (url: string) => Promise<Response>
}

export class FetchedKeys implements KeySource {
  readonly #options: FetchedKeysOptions
  #keys: JWTVerifyGetKey | undefined
  #fetchedAt = -Infinity
  #askedAt = -Infinity
  #asking: Promise<JWTVerifyGetKey> | undefined

  constructor(options: FetchedKeysOptions) {
    this.#options = options
  }

  readonly getKey: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.#current()
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.#mayAsk()) throw error
      return (await this.#ask())(header, token)
    }
  }

  trustedUntil(): number {
    return this.#fetchedAt + MAX_AGE_MS
  }

  async #current(): Promise<JWTVerifyGetKey> {
    const ageMs = this.#options.clock.now() - this.#fetchedAt
    if (this.#keys !== undefined && ageMs < MAX_AGE_MS) return this.#keys
    const fallback = ageMs < STALE_MS ? this.#keys : undefined
    if (this.#mayAsk() || this.#asking !== undefined) {
      try {
        return await this.#ask()
      } catch (error) {
        if (fallback === undefined) throw error
      }
    }
    if (fallback === undefined) throw new KeysUnavailableError("The issuer's keys could not be fetched a moment ago.")
    return fallback
  }

  #mayAsk(): boolean {
    return this.#options.clock.now() - this.#askedAt >= COOL_DOWN_MS
  }

  /** Fetches the keys; who asks meanwhile waits for the same answer. */
  #ask(): Promise<JWTVerifyGetKey> {
    this.#asking ??= this.#fetch().finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #fetch(): Promise<JWTVerifyGetKey> {
    const { url, clock, fetch } = this.#options
    this.#askedAt = clock.now()
    try {
      const response = await fetch(url)
      if (!response.ok) throw new Error(`The issuer's keys at ${url} answer ${response.status}.`)
      this.#keys = createLocalJWKSet(jwksSchema.parse(await response.json()))
      this.#fetchedAt = clock.now()
      return this.#keys
    } catch (cause) {
      throw new KeysUnavailableError(`The issuer's keys at ${url} could not be fetched.`, { cause })
    }
  }
}
