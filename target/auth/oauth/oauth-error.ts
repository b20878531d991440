/** The errors of a token endpoint (RFC 6749 §5.2). */

/** `temporarily_unavailable` is the authorization endpoint's word for it: the token endpoint has none for "too fast". */
export type OAuthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "unsupported_grant_type"
  | "invalid_scope"
  | "temporarily_unavailable"

const STATUSES: Readonly<Record<OAuthErrorCode, number>> = {
  invalid_request: 400,
  invalid_client: 401,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  temporarily_unavailable: 429,
}

/** A token request that is refused. `message` becomes error_description: ASCII without quotes and backslashes, and no secret. */
export class OAuthError extends Error {
  override readonly name = "OAuthError"
  readonly code: OAuthErrorCode
  readonly headers: Readonly<Record<string, string>>

  constructor(code: OAuthErrorCode, description: string, headers: Readonly<Record<string, string>> = {}) {
    super(description)
    this.code = code
    // A client that tried the header must be challenged; without one, 401 still needs a challenge (RFC 9110 §11.6.1).
    this.headers = code === "invalid_client" ? { "www-authenticate": 'Basic realm="scimulate"', ...headers } : headers
  }

  get status(): number {
    return STATUSES[this.code]
  }
}
