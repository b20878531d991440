/**
 * The token endpoint for the client credentials grant (RFC 6749 §4.4), as Entra asks it for a token (WIRE-024, WIRE-025): a
 * client shows id and secret, and gets a bearer token that lives between 60 minutes and 6 hours (WIRE-026).
 */
import { readText } from "../../routes/body.ts"
import { ScimError } from "../../scim-error.ts"
import { SCIM_ROLES } from "../access.ts"
import type { ScimRole } from "../access.ts"
import { readClientProof } from "./client-authentication.ts"
import type { ClientProof } from "./client-authentication.ts"
import { OAuthError } from "./oauth-error.ts"

/** Of this path, behind a tenant's own part of the URL. */
export const TOKEN_PATH = "/oauth/token"

/** No token request is longer. */
const MAX_BYTES = 32_768
/** What holds a token is stored nowhere on its way (RFC 6749 §5.1). */
const HEADERS = { "content-type": "application/json;charset=UTF-8", "cache-control": "no-store", pragma: "no-cache" }

const SCIM_SCOPES: ReadonlySet<string> = new Set(SCIM_ROLES)

export interface IssuedToken {
  readonly token: string
  readonly lifetimeMs: number
  /** Accepts the token from now on, where it is not kept in the database: once the unit of work is committed. */
  readonly accept?: () => void
}

/** A client whose credentials were right. */
export interface KnownClient {
  readonly role: ScimRole
  /** Makes an access token with this role, in the unit of work that is under way. */
  issue(role: ScimRole): IssuedToken
}

export interface TokenEndpointOptions {
  /** Whether an assertion proves the client of that id. */
  readonly proveAssertion: (id: string, assertion: string) => Promise<boolean>
  /** Finds a client by its secret, or by its id where an assertion proved it. */
  readonly findClient: (proof: ClientProof) => KnownClient | undefined
  /** Whether the same credentials may come in header and body. */
  readonly mayUseBoth: boolean
  /** Does the work as one unit of the database. */
  readonly enqueue: <T>(work: () => T) => Promise<T>
  /** Counts a request of a known client: the milliseconds to wait, where the tenant's requests come too fast. */
  readonly takeRequest: () => number
  /** Counts a request with refused credentials, likewise. */
  readonly takeRefusal: () => number
  /** Hears of each request: with the id of the client, or `unknown` where nobody proved to be one. */
  readonly onAnswered: (client: string, status: number, detail: string) => void
  /** Hears of errors that are not the client's fault. */
  readonly onUnexpected: (error: unknown) => void
}

/** Answers a token request. Never throws. */
export async function answerTokenRequest(request: Request, options: TokenEndpointOptions): Promise<Response> {
  try {
    if (request.method !== "POST") throw new ScimError(405, "POST a token request.", { headers: { allow: "POST" } })
    return await answerGrant(request, options)
  } catch (error) {
    return answerError(error, options.onUnexpected)
  }
}

async function answerGrant(request: Request, options: TokenEndpointOptions): Promise<Response> {
  const parameters = await readParameters(request)
  let client = "unknown"
  try {
    assertGrantType(parameters.get("grant_type"))
    const proof = readClientProof(request.headers.get("authorization"), parameters, options)
    const isProven = !("assertion" in proof) || (await options.proveAssertion(proof.id, proof.assertion))
    const mustFindClient = (): KnownClient => {
      const known = isProven ? options.findClient(proof) : undefined
      if (known !== undefined) return known
      throw new OAuthError("invalid_client", "The client or its secret is unknown or expired.")
    }
    const granted = mustFindClient().role
    // Not before: what was sent as an id may be anything, a secret too.
    client = proof.id
    const role = roleFor(parameters.get("scope"), granted)
    const waitMs = options.takeRequest()
    if (waitMs > 0) throw tooFast(waitMs, "This tenant's requests come too fast: wait, and repeat it.")
    const issued = await options.enqueue(() => {
      options.onAnswered(client, 200, role)
      // Until its turn came, the client may have been revoked.
      return mustFindClient().issue(role)
    })
    issued.accept?.()
    const expiresIn = Math.floor(issued.lifetimeMs / 1000)
    const body = { access_token: issued.token, token_type: "Bearer", expires_in: expiresIn, scope: role }
    return new Response(JSON.stringify(body), { status: 200, headers: HEADERS })
  } catch (error) {
    throw error instanceof OAuthError ? refused(error, client, options) : error
  }
}

/** Parameters without a value count as left out, and none may come twice (RFC 6749 §3.2). @throws OAuthError, ScimError 413 */
async function readParameters(request: Request): Promise<ReadonlyMap<string, string>> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase()
  if (type !== "application/x-www-form-urlencoded") {
    throw new OAuthError("invalid_request", "A token request is application/x-www-form-urlencoded.")
  }
  const parameters = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(await readText(request, MAX_BYTES))) {
    if (value === "") continue
    if (parameters.has(name)) throw new OAuthError("invalid_request", "A parameter came twice.")
    parameters.set(name, value)
  }
  return parameters
}

function assertGrantType(grantType: string | undefined): void {
  if (grantType === undefined) throw new OAuthError("invalid_request", "grant_type is missing.")
  if (grantType !== "client_credentials") {
    throw new OAuthError("unsupported_grant_type", "The only grant_type here is client_credentials.")
  }
}

/** Scopes are named as the roles are; a client may ask for less than it has, never for more. */
function roleFor(scope: string | undefined, granted: ScimRole): ScimRole {
  if (scope === undefined) return granted
  const asked = scope.split(" ")
  if (asked.some((name) => !SCIM_SCOPES.has(name))) {
    throw new OAuthError("invalid_scope", "The scopes here are provisioning and read-only.")
  }
  const role = asked.includes("provisioning") ? "provisioning" : "read-only"
  if (role === "provisioning" && granted === "read-only") {
    throw new OAuthError("invalid_scope", "This client may only read: ask for the scope read-only.")
  }
  return role
}

function refused(error: OAuthError, client: string, { takeRefusal, onAnswered }: TokenEndpointOptions): OAuthError {
  const waitMs = error.code === "invalid_client" ? takeRefusal() : 0
  const answered =
    waitMs === 0 ? error : tooFast(waitMs, "Too many requests with refused credentials: wait, and repeat it.")
  onAnswered(client, answered.status, answered.message)
  return answered
}

function tooFast(waitMs: number, description: string): OAuthError {
  return new OAuthError("temporarily_unavailable", description, { "retry-after": String(Math.ceil(waitMs / 1000)) })
}

function answerError(error: unknown, onUnexpected: (error: unknown) => void): Response {
  if (error instanceof OAuthError) {
    const body = JSON.stringify({ error: error.code, error_description: error.message })
    return new Response(body, { status: error.status, headers: { ...HEADERS, ...error.headers } })
  }
  const { status, message, headers } = error instanceof ScimError ? error : new ScimError(500, "The server failed.")
  if (status === 500) onUnexpected(error)
  const code = status === 503 ? "temporarily_unavailable" : "invalid_request"
  const body = JSON.stringify({ error: code, error_description: message })
  return new Response(body, { status, headers: { ...HEADERS, ...headers } })
}
