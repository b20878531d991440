/** Bearer authentication (RFC 6750) on the Authorization header and nowhere else. */
import type { Memo } from "../memo.ts"
import { ScimError } from "../scim-error.ts"
import type { Access } from "./access.ts"
import { digestOf } from "./secret.ts"

const REALM = 'Bearer realm="scimulate"'
const CREDENTIALS = /^bearer +(\S+)$/i

/** Where tokens of one kind are known: whose token has that digest, while it is live. */
export interface TokenSource {
  accessBy(digest: string): Access | undefined
}

/** Tokens that say themselves whose they are. Looked at where no source knows the token; throws no error for a bad one. */
export interface SignedTokens {
  /** Undefined at once where it is no such token, and later where it is none that is accepted. */
  verify(token: string, digest: string): Access | undefined | Promise<Access | undefined>
}

export interface Authenticator {
  /** Digests of the tokens, by the headers that came last: hashing costs as much as a look-up. Whether one is accepted is never remembered. */
  readonly digests: Memo<string>
  readonly sources: readonly TokenSource[]
  readonly signed?: SignedTokens
}

/**
 * Who sends a request. What needs no waiting is answered at once.
 *
 * @throws ScimError 401 with WWW-Authenticate: without an error code where there are no Bearer credentials
 * (RFC6750-3.1-01), invalid_request where they are malformed, invalid_token where the token is unknown, expired or revoked.
 */
export function authenticate(
  authorization: string | undefined,
  { digests, sources, signed }: Authenticator,
): Access | Promise<Access> {
  const digest = digests.recall(authorization ?? "", digestIn)
  for (const source of sources) {
    const access = source.accessBy(digest)
    if (access !== undefined) return access
  }
  const verified = signed?.verify(tokenIn(authorization), digest)
  return verified instanceof Promise ? verified.then(mustBeKnown) : mustBeKnown(verified)
}

/** 403 with insufficient_scope (RFC6750-3.1-02, RFC7644-2-02); `scope` is what would do. */
export function insufficientRole(detail: string, scope: string): ScimError {
  return new ScimError(403, detail, {
    headers: { "www-authenticate": `${REALM}, error="insufficient_scope", scope="${scope}"` },
  })
}

function digestIn(authorization: string): string {
  return digestOf(tokenIn(authorization))
}

function tokenIn(authorization: string | undefined): string {
  if (authorization === undefined || !/^bearer( |$)/i.test(authorization.trim())) {
    throw refusal("Authentication is needed: send a bearer token.", REALM)
  }
  const token = CREDENTIALS.exec(authorization.trim())?.[1]
  if (token === undefined) {
    throw refusal("The Authorization header must be Bearer and one token.", `${REALM}, error="invalid_request"`)
  }
  return token
}

function mustBeKnown(access: Access | undefined): Access {
  if (access !== undefined) return access
  throw refusal(
    "The bearer token is unknown, expired or revoked.",
    `${REALM}, error="invalid_token", error_description="The token is unknown, expired or revoked"`,
  )
}

function refusal(detail: string, challenge: string): ScimError {
  return new ScimError(401, detail, { headers: { "www-authenticate": challenge } })
}
