/** Bearer authentication (RFC 6750) on the Authorization header and nowhere else. */
import { ScimError } from "../scim-error.ts"
import type { TokenRegistry } from "./tokens.ts"

const REALM = 'Bearer realm="scimulate"'
const CREDENTIALS = /^bearer +(\S+)$/i

/**
 * Lets a request with a valid token pass.
 *
 * @throws ScimError 401 with WWW-Authenticate: without an error code where there are no Bearer credentials
 * (RFC6750-3.1-01), invalid_request where they are malformed, invalid_token where the token is unknown, expired or revoked.
 */
export function authenticate(authorization: string | undefined, tokens: TokenRegistry): void {
  if (authorization === undefined || !/^bearer( |$)/i.test(authorization.trim())) {
    throw refusal("Authentication is needed: send a bearer token.", REALM)
  }
  const token = CREDENTIALS.exec(authorization.trim())?.[1]
  if (token === undefined) {
    throw refusal("The Authorization header must be Bearer and one token.", `${REALM}, error="invalid_request"`)
  }
  if (!tokens.accepts(token)) {
    throw refusal(
      "The bearer token is unknown, expired or revoked.",
      `${REALM}, error="invalid_token", error_description="The token is unknown, expired or revoked"`,
    )
  }
}

function refusal(detail: string, challenge: string): ScimError {
  return new ScimError(401, detail, { headers: { "www-authenticate": challenge } })
}
