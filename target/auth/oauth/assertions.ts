/** Assertions that prove an OAuth client in place of a secret (RFC 7523 §2.2), checked by what the client's federation trusts. */
import type { Credentials } from "../credentials.ts"
import { keysOf, verifyJwt } from "../jwt.ts"
import type { JwtTools } from "../jwt.ts"
import type { KeySource } from "../jwks.ts"

/** The only kind of assertion that is taken. */
export const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

/** Issuers whose fetched keys are kept. */
const CACHE_SIZE = 100

export class Assertions {
  readonly #credentials: Credentials
  readonly #tools: JwtTools
  /** By what the federation says of the keys. */
  readonly #keys = new Map<string, KeySource>()

  constructor(credentials: Credentials, tools: JwtTools) {
    this.#credentials = credentials
    this.#tools = tools
  }

  /** Whether the assertion proves the client of that id. @throws ScimError 503 where the issuer's keys cannot be had */
  async prove(id: string, assertion: string): Promise<boolean> {
    const federation = this.#credentials.federatedClient(id)?.federation
    if (federation === undefined) return false
    const source = JSON.stringify(federation.jwks)
    const keys = this.#keys.get(source) ?? keysOf(federation, this.#tools)
    if (this.#keys.size >= CACHE_SIZE) this.#keys.clear()
    this.#keys.set(source, keys)
    return (await verifyJwt(assertion, federation, keys, this.#tools.clock)) !== undefined
  }
}
