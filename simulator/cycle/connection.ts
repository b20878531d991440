/** Where a job sends to, and as whom: the Tenant URL and the credentials, which an administrator may change at any time. */
import type { Scheduler, Transport } from "../../protocol/index.ts"
import { assertCredentials, type Credentials } from "../dialect/credentials.ts"
import { parseTenantUrl } from "../dialect/send.ts"
import { createTokenSource, type TokenSource } from "../dialect/token-source.ts"
import type { CredentialChanges } from "./job-interface.ts"

export interface Connection {
  /** The Tenant URL without its query and without a slash at the end. */
  readonly baseUrl: string
  readonly credentials: Credentials
  readonly tokens: TokenSource
}

type ConnectionParts = { readonly transport: Transport; readonly clock: Scheduler }

/** Throws TenantUrlError or CredentialsError. */
export function createConnection(
  given: { readonly baseUrl: string; readonly credentials: Credentials },
  parts: ConnectionParts,
): Connection {
  assertCredentials(given.credentials)
  const { credentials } = given
  return { baseUrl: parseTenantUrl(given.baseUrl).baseUrl, credentials, tokens: createTokenSource(credentials, parts) }
}

/** The connection with changes; what is left out stays, with the token that was exchanged for it. Throws as above. */
export function changeConnection(
  connection: Connection,
  { baseUrl = connection.baseUrl, token, credentials }: CredentialChanges,
  parts: ConnectionParts,
): Connection {
  const given = token === undefined ? credentials : ({ kind: "bearer", token } as const)
  if (given === undefined) return { ...connection, baseUrl: parseTenantUrl(baseUrl).baseUrl }
  return createConnection({ baseUrl, credentials: given }, parts)
}
