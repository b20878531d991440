/** The OAuth clients of a tenant: those that are administered, and those that were given when the target was opened. */
import type { Clock, IdSource } from "../../../protocol/index.ts"
import { SCIM_ROLES } from "../access.ts"
import type { Access, ScimRole } from "../access.ts"
import { MIN_ACCESS_TOKEN_LIFETIME_MS } from "../credentials.ts"
import type { Credentials } from "../credentials.ts"
import type { StoredCredential } from "../../store/credential-store.ts"
import { digestOf, isSameDigest, newSecret } from "../secret.ts"
import type { TokenRegistry } from "../tokens.ts"
import type { ClientProof } from "./client-authentication.ts"
import type { KnownClient } from "./token-endpoint.ts"

/** A client that was given when the target was opened; it and its tokens are kept in memory. */
export interface ConfiguredClient {
  readonly id: string
  readonly secret: string
}

export interface OAuthClientsOptions {
  readonly clients: readonly ConfiguredClient[]
  /** Where the tokens of given clients are kept. */
  readonly tokens: TokenRegistry | undefined
  readonly credentials: Credentials
  readonly clock: Clock
  readonly ids: IdSource
}

/** The client with this secret, or the one that an assertion proved. */
export function findOAuthClient(given: ClientProof, options: OAuthClientsOptions): KnownClient | undefined {
  const { clients, tokens, credentials, clock, ids } = options
  if ("assertion" in given) return toKnown(credentials.federatedClient(given.id), credentials)
  const digest = digestOf(given.secret)
  const configured = clients.find(({ id }) => id === given.id)
  if (configured !== undefined && tokens !== undefined) {
    if (!isSameDigest(digestOf(configured.secret), digest)) return undefined
    const lifetimeMs = MIN_ACCESS_TOKEN_LIFETIME_MS
    return {
      role: "provisioning",
      issue: (role) => {
        const token = newSecret(ids)
        const access: Access = { actor: `client:${given.id}`, role }
        return { token, lifetimeMs, accept: () => tokens.grant(token, access, clock.now() + lifetimeMs) }
      },
    }
  }
  return toKnown(credentials.clientBy(given.id, given.secret), credentials)
}

function toKnown(
  found: { readonly client: StoredCredential; readonly secretId?: string } | undefined,
  credentials: Credentials,
): KnownClient | undefined {
  if (found === undefined) return undefined
  const { client, secretId } = found
  const issue = (role: ScimRole) => credentials.issueAccessToken(client, role, secretId)
  return { role: toScimRole(client.role), issue }
}

function toScimRole(text: string): ScimRole {
  const role = SCIM_ROLES.find((one) => one === text)
  if (role === undefined) throw new Error(`The database names a role that no client has: ${text}.`)
  return role
}
