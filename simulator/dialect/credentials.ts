/**
 * What a job proves itself with: a bearer token that an administrator pasted or that the tenant issues itself, or OAuth client
 * credentials, a secret or an assertion, that are exchanged for one (WIRE-020 to -031). There is no other way: basic authentication
 * and the authorization code grant are not supported (WIRE-023, documented). Pure: the exchange as a request, and what its answer
 * means.
 */
import { type HttpRequest, headerOf } from "../../protocol/index.ts"
import type { EntraTokenForm } from "./entra-token.ts"
import { ERROR_CODES, parseJson, type ProvisioningError, type Reply } from "./errors.ts"
import type { FailedProbe } from "./interpret.ts"
import { isObject } from "./resource-read.ts"

/** A static secret token, sent as it is (WIRE-021, documented). */
export interface BearerCredentials {
  readonly kind: "bearer"
  readonly token: string
}

/** The client credentials grant (WIRE-024, documented; RFC 6749 §4.4). */
export interface OAuthCredentials {
  readonly kind: "oauth"
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  /** Sent only where given (WIRE-025, documented). */
  readonly scope?: string
  /** `client_secret_basic`, `client_secret_post`, or both. */
  readonly sendIn: "header" | "body" | "both"
}

/** The secret token was left empty: the tenant issues one itself, for tests only (ENG-CRED-02, WIRE-022, documented). */
export interface EntraIssuedCredentials {
  readonly kind: "entraIssued"
  /** Default: as documented. */
  readonly form?: EntraTokenForm
}

/** Workload identity federation: the same grant with an assertion of the tenant instead of a secret (WIRE-027, documented). */
export interface FederatedCredentials {
  readonly kind: "federated"
  readonly tokenUrl: string
  readonly clientId: string
  readonly scope?: string
  /** Client id of the application that the assertion is for. */
  readonly workloadAppId: string
  /** `api://…` (default), or with the suffix that the portal's table shows (WIRE-028, disputed). */
  readonly audienceForm?: "plain" | "default"
}

export type Credentials = BearerCredentials | EntraIssuedCredentials | OAuthCredentials | FederatedCredentials

/** Credentials that are exchanged at a token endpoint. */
export type ExchangedCredentials = OAuthCredentials | FederatedCredentials

export function isExchanged(credentials: Credentials): credentials is ExchangedCredentials {
  return credentials.kind === "oauth" || credentials.kind === "federated"
}

/** Credentials that can't be used. The message never holds a secret. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError"
}

/** Throws {@link CredentialsError} for a token URL that is none, or for client credentials with a part missing. */
export function assertCredentials(credentials: Credentials): void {
  if (!isExchanged(credentials)) return
  const { tokenUrl, clientId } = credentials
  const url = URL.parse(tokenUrl)
  const isUsable = url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === ""
  if (!isUsable) {
    throw new CredentialsError(
      "The token endpoint must be an http or https URL without a user name, such as https://login.example/oauth/token",
    )
  }
  if (clientId === "") throw new CredentialsError("The client credentials need a client id.")
  if (credentials.kind === "oauth" && credentials.clientSecret === "") {
    throw new CredentialsError("The client credentials need a client secret.")
  }
  if (credentials.kind === "federated" && credentials.workloadAppId === "") {
    throw new CredentialsError("Federated credentials need the id of the workload's application.")
  }
}

/** The exchange of WIRE-025, documented; in the header as RFC 6749 §2.3.1 encodes it. */
export function tokenRequest(credentials: OAuthCredentials): HttpRequest {
  const { clientId, clientSecret, sendIn } = credentials
  const inBody: Record<string, string> = sendIn === "header" ? {} : { client_id: clientId, client_secret: clientSecret }
  const pair = `${formEncoded(clientId)}:${formEncoded(clientSecret)}`
  const basic = `Basic ${Buffer.from(pair, "utf8").toString("base64")}`
  return exchange(credentials, inBody, sendIn === "body" ? {} : { authorization: basic })
}

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

/** The exchange with an assertion (WIRE-027, documented; RFC 7523 §2.2). */
export function assertionRequest(credentials: FederatedCredentials, assertion: string): HttpRequest {
  const { clientId } = credentials
  return exchange(
    credentials,
    { client_id: clientId, client_assertion_type: ASSERTION_TYPE, client_assertion: assertion },
    {},
  )
}

/** WIRE-028: whom an assertion is for. */
export function assertionAudience({ workloadAppId, audienceForm = "plain" }: FederatedCredentials): string {
  return `api://${workloadAppId}${audienceForm === "default" ? "/.default" : ""}`
}

function exchange(
  { tokenUrl, scope }: ExchangedCredentials,
  proof: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): HttpRequest {
  const form = new URLSearchParams({ grant_type: "client_credentials", ...proof })
  if (scope !== undefined) form.set("scope", scope)
  return {
    method: "POST",
    url: tokenUrl,
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: form.toString(),
  }
}

function formEncoded(text: string): string {
  return new URLSearchParams([["", text]]).toString().slice(1)
}

/** What the token endpoint gave. `lifetimeMs` null: it did not say. */
export type TokenOutcome =
  | { readonly kind: "token"; readonly token: string; readonly lifetimeMs: number | null }
  | FailedProbe

/** The answer to the exchange. Whatever is wrong with it is the whole job's matter (WIRE-030, documented). */
export function interpretToken(reply: Reply): TokenOutcome {
  if (reply.kind === "unanswered") {
    const code = ERROR_CODES.credentialValidationUnavailable
    return failed("unavailable", code, `The token endpoint cannot be reached: ${reply.error.message}`, null)
  }
  const { status, body } = reply.response
  const message = parseJson(body)
  if (status < 200 || status >= 300) return refusal(status, message, headerOf(reply.response, "www-authenticate"))
  const token = isObject(message) ? message["access_token"] : undefined
  if (!isObject(message) || typeof token !== "string" || token === "") {
    return unusable(status, "its answer holds no access_token")
  }
  const type = message["token_type"] ?? "bearer"
  if (typeof type !== "string" || type.toLowerCase() !== "bearer")
    return unusable(status, "its token is no bearer token")
  const seconds = Number(message["expires_in"])
  return { kind: "token", token, lifetimeMs: seconds > 0 ? seconds * 1000 : null }
}

/** RFC 6749 §5.2; other text of the answer is not repeated, since it may hold what was sent. */
const OAUTH_ERRORS: ReadonlySet<string> = new Set([
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
])

function refusal(status: number, message: unknown, challenge: string | undefined): FailedProbe {
  const error = isObject(message) ? message["error"] : undefined
  const code = typeof error === "string" && OAUTH_ERRORS.has(error) ? `: ${error}` : ""
  const isRefused = status === 400 || status === 401 || status === 403 || challenge !== undefined
  return failed(
    isRefused ? "refused" : "unavailable",
    isRefused ? ERROR_CODES.credentialValidationFailure : ERROR_CODES.credentialValidationUnavailable,
    `The token endpoint answered HTTP ${status}${code}.`,
    status,
  )
}

function unusable(status: number, problem: string): FailedProbe {
  const code = ERROR_CODES.credentialValidationFailure
  return failed("refused", code, `The token endpoint answered HTTP ${status}, but ${problem}.`, status)
}

function failed(kind: FailedProbe["kind"], code: string, reason: string, httpStatus: number | null): FailedProbe {
  const category: ProvisioningError["category"] = kind === "refused" ? "nonServiceFailure" : "failure"
  return { kind, error: { code, reason, category, httpStatus } }
}
