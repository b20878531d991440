/** Gives a job its bearer token: a static one, or one that is issued or exchanged, and renewed in time by the job's clock. */
import type { Scheduler, Transport } from "../../protocol/index.ts"
import { holdTime } from "../clock.ts"
import {
  assertionAudience,
  assertionRequest,
  type Credentials,
  CredentialsError,
  interpretToken,
  isExchanged,
  type TokenOutcome,
  tokenRequest,
} from "./credentials.ts"
import { isSigningKey, issueAssertion, issueEntraToken, TOKEN_LIFE_MS, type TokenIssuer } from "./entra-token.ts"
import type { FailedProbe } from "./interpret.ts"
import { attemptOnce } from "./send.ts"

export type Access = { readonly kind: "token"; readonly token: string } | FailedProbe

export interface TokenSource {
  /** A token that holds for at least this request, at once where it is there; exchanged only where the last one is about to expire. */
  current(): Access | Promise<Access>
  /** Gets a new one, whatever there is: what *Test connection* does first (WIRE-029, documented). */
  exchange(): Promise<Access>
  /** The endpoint refused this token: it is not used again. A static one is all there is, and stays. */
  refused(token: string): void
}

const MINUTE_MS = 60_000
/** Renewed this long before it expires, or at half of a short life (inferred). */
const MARGIN_MS = 5 * MINUTE_MS
/** The shortest life that Microsoft allows (WIRE-026, documented): assumed where the answer names none. */
const ASSUMED_LIFE_MS = 60 * MINUTE_MS

export interface TokenSourceParts {
  readonly transport: Transport
  readonly clock: Scheduler
  /** Issues the tenant's own tokens and assertions; null where there is no key to sign them with. */
  readonly issuer: TokenIssuer | null
}

/** Throws {@link CredentialsError} for credentials that ask for a token of the tenant where nobody can sign it. */
export function createTokenSource(credentials: Credentials, parts: TokenSourceParts): TokenSource {
  if (credentials.kind === "bearer") {
    const access: Access = { kind: "token", token: credentials.token }
    return { current: () => access, exchange: async () => access, refused: () => undefined }
  }
  return renewedTokens(obtainer(credentials, parts), parts.clock)
}

/** How a new token is got. */
function obtainer(
  credentials: Exclude<Credentials, { kind: "bearer" }>,
  { transport, clock, issuer }: TokenSourceParts,
): () => Promise<TokenOutcome> {
  if (credentials.kind === "oauth") {
    return async () => interpretToken(await attemptOnce(transport, tokenRequest(credentials)))
  }
  if (issuer === null || !isSigningKey(issuer.key)) {
    const why = isExchanged(credentials) ? "Federated credentials" : "An empty secret token"
    throw new CredentialsError(
      `${why} let the tenant issue the token: give the job its signing key, a private RSA key.`,
    )
  }
  if (credentials.kind === "entraIssued") {
    return async () => {
      const token = await holdTime(clock, () => issueEntraToken(issuer, credentials.form ?? "documented", clock.now()))
      return { kind: "token", token, lifetimeMs: TOKEN_LIFE_MS }
    }
  }
  return async () => {
    const audience = assertionAudience(credentials)
    const assertion = await holdTime(clock, () => issueAssertion(issuer, audience, clock.now()))
    return interpretToken(await attemptOnce(transport, assertionRequest(credentials, assertion)))
  }
}

interface Held {
  readonly token: string
  readonly renewAtMs: number
  readonly expiresAtMs: number
}

function renewedTokens(obtain: () => Promise<TokenOutcome>, clock: Scheduler): TokenSource {
  let held: Held | null = null
  let isRenewing = false

  async function exchange(): Promise<Access> {
    isRenewing = true
    try {
      const outcome = await obtain()
      if (outcome.kind === "token") held = toHeld(outcome, clock.now())
      return outcome.kind === "token" ? { kind: "token", token: outcome.token } : outcome
    } finally {
      isRenewing = false
    }
  }

  /** The old one will do where renewing fails, as long as it holds. */
  async function renewed({ token, expiresAtMs }: Held): Promise<Access> {
    const access = await exchange()
    return access.kind === "token" || clock.now() >= expiresAtMs ? access : { kind: "token", token }
  }

  return {
    exchange,
    current() {
      const nowMs = clock.now()
      if (held === null || nowMs >= held.expiresAtMs) return exchange()
      // Parallel workers go on with the old one while the first of them renews it.
      if (nowMs < held.renewAtMs || isRenewing) return { kind: "token", token: held.token }
      return renewed(held)
    },
    refused(token) {
      if (held?.token === token) held = null
    },
  }
}

function toHeld({ token, lifetimeMs }: Extract<TokenOutcome, { kind: "token" }>, nowMs: number): Held {
  const lifeMs = lifetimeMs ?? ASSUMED_LIFE_MS
  return { token, renewAtMs: nowMs + lifeMs - Math.min(MARGIN_MS, lifeMs / 2), expiresAtMs: nowMs + lifeMs }
}
