/**
 * Bearer tokens that an identity provider signs (RFC 7519, RFC 9068), such as the one Entra sends where no secret token is
 * configured (ENG-CRED-02, WIRE-022): issuer, audience, times and signature are checked, and the claims that were asked for.
 */
import { errors, jwtVerify } from "jose"
import type { JSONWebKeySet, JWTPayload } from "jose"
import { toDate } from "../../protocol/index.ts"
import type { Clock } from "../../protocol/index.ts"
import { ScimError } from "../scim-error.ts"
import type { Access, ScimRole } from "./access.ts"
import type { SignedTokens } from "./bearer.ts"
import { FetchedKeys, fixedKeys, KeysUnavailableError } from "./jwks.ts"
import type { KeySource } from "./jwks.ts"

/** Whose tokens are accepted. */
export interface Trust {
  /** The `iss` that is accepted: `https://sts.windows.net/TENANT/` for Entra. */
  readonly issuer: string
  /** The `aud` that is accepted, one of them where there are several. */
  readonly audience: string | readonly string[]
  /** The issuer's keys: a key set, or the URL that serves it. */
  readonly jwks: JSONWebKeySet | string
  /** Claims that must have these values, such as `appid` or `tid`. */
  readonly claims?: Readonly<Record<string, string>> | undefined
}

export interface JwtOptions extends Trust {
  /** What the values of the `roles` claim allow. Without it every accepted token may provision; with it, one that names none is refused. */
  readonly roles?: Readonly<Record<string, ScimRole>> | undefined
}

export interface JwtTools {
  readonly clock: Clock
  /** Fetches the keys where they are given as a URL. */
  readonly fetch: (url: string) => Promise<Response>
}

/** Only signatures that nobody can make who knows the public keys: never `none`, never HMAC. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
/** The clocks of issuer and target may differ by so much. */
const TOLERANCE_S = 60
/** So many accepted tokens are remembered, until they expire or the keys do. */
const CACHE_SIZE = 1000
/** Three parts of base64url. Anything longer than a header line may be is not worth a look. */
const JWT_FORM = /^[\w-]{1,8192}\.[\w-]{1,8192}\.[\w-]{1,8192}$/

interface Verified {
  readonly access: Access
  readonly until: number
}

/** The keys that a trust names. @throws TypeError where the key set is none */
export function keysOf({ jwks }: Trust, { clock, fetch }: JwtTools): KeySource {
  return typeof jwks === "string" ? new FetchedKeys({ url: jwks, clock, fetch }) : fixedKeys(jwks)
}

/** @throws TypeError where the key set is none */
export function acceptJwts(options: JwtOptions, tools: JwtTools): SignedTokens {
  const { clock } = tools
  const keys = keysOf(options, tools)
  const known = new Map<string, Verified>()
  return {
    verify: (token, digest) => {
      const before = known.get(digest)
      if (before !== undefined && clock.now() < before.until) return before.access
      return verifyJwt(token, options, keys, clock)?.then((payload) => {
        if (payload === undefined) return undefined
        const access: Access = { actor: `jwt:${applicationOf(payload)}`, role: roleOf(payload, options.roles) }
        if (known.size >= CACHE_SIZE) known.clear()
        known.set(digest, { access, until: Math.min(expiryOf(payload), keys.trustedUntil()) })
        return access
      })
    },
  }
}

/**
 * The claims of a token that the trust accepts. Undefined at once where it is no signed token, and later where it is none that is
 * accepted.
 *
 * @throws ScimError 503 where the keys cannot be had
 */
export function verifyJwt(
  token: string,
  trust: Trust,
  keys: KeySource,
  clock: Clock,
): Promise<JWTPayload | undefined> | undefined {
  return JWT_FORM.test(token) ? verifySignature(token, trust, keys, clock) : undefined
}

async function verifySignature(
  token: string,
  { issuer, audience, claims = {} }: Trust,
  keys: KeySource,
  clock: Clock,
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, keys.getKey, {
      issuer,
      audience: typeof audience === "string" ? audience : [...audience],
      algorithms: ALGORITHMS,
      clockTolerance: TOLERANCE_S,
      currentDate: toDate(clock.now()),
      requiredClaims: ["exp", ...Object.keys(claims)],
    })
    return Object.entries(claims).every(([name, value]) => payload[name] === value) ? payload : undefined
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    if (!(error instanceof KeysUnavailableError)) throw error
    throw new ScimError(503, "The keys of the token's issuer cannot be had just now.", {
      headers: { "retry-after": "30" },
      cause: error,
    })
  }
}

/** Epoch milliseconds from which the token is refused. */
function expiryOf({ exp = 0 }: JWTPayload): number {
  return (exp + TOLERANCE_S) * 1000
}

/** The application that asks: `appid` in Entra's tokens of version 1, `azp` in those of version 2. */
function applicationOf(payload: JWTPayload): string {
  const named = [payload["appid"], payload["azp"], payload["client_id"], payload.sub]
  return named.find((value): value is string => typeof value === "string") ?? "unknown"
}

/** @throws ScimError 403 where the token allows nothing here */
function roleOf(payload: JWTPayload, roles: JwtOptions["roles"]): ScimRole {
  if (roles === undefined) return "provisioning"
  const named: unknown = payload["roles"]
  const given = Array.isArray(named) ? named.map((name) => roles[String(name)]) : []
  if (given.includes("provisioning")) return "provisioning"
  if (given.includes("read-only")) return "read-only"
  throw new ScimError(403, "The token's roles allow nothing here.")
}
