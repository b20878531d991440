/** Where a job sends to, and as whom: the Tenant URL and the credentials, which an administrator may change at any time. */
import { assertCredentials, type Credentials } from "../dialect/credentials.ts"
import { parseTenantUrl } from "../dialect/send.ts"
import { createTokenSource, type TokenSource, type TokenSourceParts } from "../dialect/token-source.ts"
import type { CredentialChanges } from "./job-interface.ts"

export interface Connection {
  /** The Tenant URL without its query and without a slash at the end. */
  readonly baseUrl: string
  readonly credentials: Credentials
  readonly tokens: TokenSource
}

/** Throws TenantUrlError or CredentialsError. */
export function createConnection(
  given: { readonly baseUrl: string; readonly credentials: Credentials },
  parts: TokenSourceParts,
): Connection {
  assertCredentials(given.credentials)
  const { credentials } = given
  return { baseUrl: parseTenantUrl(given.baseUrl).baseUrl, credentials, tokens: createTokenSource(credentials, parts) }
}

/** The connection with changes; what is left out stays, with the token that was exchanged for it. Throws as above. */
export function changeConnection(
  connection: Connection,
  { baseUrl = connection.baseUrl, token, credentials }: CredentialChanges,
  parts: TokenSourceParts,
): Connection {
  const given = token === undefined ? credentials : toCredentials(token)
  if (given === undefined) return { ...connection, baseUrl: parseTenantUrl(baseUrl).baseUrl }
  return createConnection({ baseUrl, credentials: given }, parts)
}

/** The secret token as it is entered: left empty, the tenant issues one (ENG-CRED-02, documented). */
export function toCredentials(token: string): Credentials {
  return token === "" ? { kind: "entraIssued" } : { kind: "bearer", token }
}
