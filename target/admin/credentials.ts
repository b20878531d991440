/** Long-lived tokens and OAuth clients of a tenant. A secret is answered once, when it is made. */
import type { Context } from "hono"
import { z } from "zod"
import { toRfc3339 } from "../../protocol/index.ts"
import { ROLES, SCIM_ROLES } from "../auth/access.ts"
import {
  DEFAULT_OVERLAP_MS,
  DEFAULT_SECRET_LIFETIME_MS,
  MAX_ACCESS_TOKEN_LIFETIME_MS,
  MAX_SECRET_LIFETIME_MS,
  MIN_ACCESS_TOKEN_LIFETIME_MS,
} from "../auth/credentials.ts"
import type { CredentialInfo, CredentialOptions, NewSecret } from "../auth/credentials.ts"
import { federationSchema } from "../auth/federation.ts"
import type { CredentialKind } from "../store/credential-store.ts"
import { DEFAULT_TENANT } from "../tenants/tenants.ts"
import { administer, answerJson, answerNothing, bodyOf, tenantOf } from "./context.ts"
import type { AdminContext } from "./context.ts"
import type { AdminEndpoint } from "./endpoint.ts"
import { Problem } from "./problem.ts"

const MAX_CREDENTIALS = 1000

const label = z.string().min(1).max(200)
const secretLifetimeSeconds = z
  .int()
  .min(1)
  .max(MAX_SECRET_LIFETIME_MS / 1000)
  .default(DEFAULT_SECRET_LIFETIME_MS / 1000)

const newTokenSchema = z.strictObject({
  label,
  role: z.enum(ROLES).default("provisioning"),
  secretLifetimeSeconds,
  subject: z.string().min(1).max(200).optional(),
})
const newClientSchema = z.strictObject({
  label,
  role: z.enum(SCIM_ROLES).default("provisioning"),
  /** Only for clients that are proven by a secret. */
  secretLifetimeSeconds,
  federation: federationSchema.optional(),
  accessTokenLifetimeSeconds: z
    .int()
    .min(MIN_ACCESS_TOKEN_LIFETIME_MS / 1000)
    .max(MAX_ACCESS_TOKEN_LIFETIME_MS / 1000)
    .default(MIN_ACCESS_TOKEN_LIFETIME_MS / 1000),
})
const rotationSchema = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(MAX_SECRET_LIFETIME_MS / 1000)
    .default(DEFAULT_OVERLAP_MS / 1000),
  secretLifetimeSeconds,
})

interface Collection {
  readonly kind: CredentialKind
  /** The last part of the collection's path. */
  readonly plural: "tokens" | "clients"
  /** What a new secret is called in the answer. */
  readonly secretName: "token" | "clientSecret"
}

const COLLECTIONS: readonly Collection[] = [
  { kind: "token", plural: "tokens", secretName: "token" },
  { kind: "client", plural: "clients", secretName: "clientSecret" },
]

export function credentialEndpoints(admin: AdminContext): readonly AdminEndpoint[] {
  return COLLECTIONS.flatMap((collection) => endpointsOf(admin, collection))
}

function endpointsOf(admin: AdminContext, collection: Collection): readonly AdminEndpoint[] {
  const { kind, plural } = collection
  const path = `/tenants/:tenant/${plural}`
  return [
    {
      path,
      methods: {
        GET: (context) => {
          const { credentials } = tenantOf(context, admin)
          return answerJson(200, { [plural]: credentials.list(kind).map(toJson) })
        },
        POST: async (context) => {
          const tenant = tenantOf(context, admin)
          const { credentials } = tenant
          const options = await readNewCredential(context, kind)
          assertPlace(options.role, tenant.name)
          const made = await administer(context, admin, tenant, () => {
            if (credentials.list(kind).length >= MAX_CREDENTIALS) {
              throw new Problem(409, `There are ${MAX_CREDENTIALS} ${plural}, the most there can be: revoke some.`)
            }
            const result = credentials.create(kind, options)
            const resource = `${plural}/${result.credential.id}`
            return { result, deed: { action: `${kind}.create`, resource, status: 201, detail: options.role } }
          })
          return answerJson(201, toJsonWithSecret(made, collection))
        },
      },
    },
    {
      path: `${path}/:id`,
      methods: {
        GET: (context) => {
          const found = tenantOf(context, admin).credentials.find(kind, idOf(context))
          if (found === undefined) throw missing(collection)
          return answerJson(200, toJson(found))
        },
        DELETE: async (context) => {
          const tenant = tenantOf(context, admin)
          const id = idOf(context)
          await administer(context, admin, tenant, () => {
            if (!tenant.credentials.revoke(kind, id)) throw missing(collection)
            return { result: undefined, deed: { action: `${kind}.revoke`, resource: `${plural}/${id}`, status: 204 } }
          })
          return answerNothing()
        },
      },
    },
    {
      path: `${path}/:id/rotate`,
      methods: {
        POST: async (context) => {
          const tenant = tenantOf(context, admin)
          const id = idOf(context)
          const { overlapSeconds, ...given } = await bodyOf(context, rotationSchema)
          const rotation = { overlapMs: overlapSeconds * 1000, secretLifetimeMs: given.secretLifetimeSeconds * 1000 }
          assertHasSecrets(tenant.credentials.find(kind, id))
          const made = await administer(context, admin, tenant, () => {
            const result = tenant.credentials.rotate(kind, id, rotation)
            if (result === undefined) throw missing(collection)
            const detail = `the secret before ends within ${overlapSeconds} seconds`
            return { result, deed: { action: `${kind}.rotate`, resource: `${plural}/${id}`, status: 200, detail } }
          })
          return answerJson(200, toJsonWithSecret(made, collection))
        },
      },
    },
    {
      path: `${path}/:id/secrets/:secret`,
      methods: {
        DELETE: async (context) => {
          const tenant = tenantOf(context, admin)
          const id = idOf(context)
          const secret = context.req.param("secret") ?? ""
          await administer(context, admin, tenant, () => {
            if (!tenant.credentials.revokeSecret(kind, id, secret)) throw missing(collection)
            const resource = `${plural}/${id}/secrets/${secret}`
            return { result: undefined, deed: { action: `${kind}.secret.revoke`, resource, status: 204 } }
          })
          return answerNothing()
        },
      },
    },
  ]
}

async function readNewCredential(context: Context, kind: CredentialKind): Promise<CredentialOptions> {
  if (kind === "token") {
    const { secretLifetimeSeconds, subject, ...token } = await bodyOf(context, newTokenSchema)
    const more = subject !== undefined && { subject }
    return { ...token, ...more, secretLifetimeMs: secretLifetimeSeconds * 1000 }
  }
  const { secretLifetimeSeconds, accessTokenLifetimeSeconds, ...client } = await bodyOf(context, newClientSchema)
  return {
    ...client,
    secretLifetimeMs: secretLifetimeSeconds * 1000,
    accessTokenLifetimeMs: accessTokenLifetimeSeconds * 1000,
  }
}

/** Administrators rule the whole server, so they belong to no tenant but the default one. */
function assertPlace(role: string, tenant: string): void {
  if (role !== "administration" || tenant === DEFAULT_TENANT) return
  throw new Problem(400, `Administration tokens are made in the tenant ${DEFAULT_TENANT}: they rule the whole server.`)
}

function assertHasSecrets(credential: CredentialInfo | undefined): void {
  if (credential === undefined || credential.federation === null) return
  throw new Problem(409, "This client is proven by assertions: it has no secret to rotate.")
}

function idOf(context: Context): string {
  return context.req.param("id") ?? ""
}

function missing({ plural }: Collection): Problem {
  return new Problem(404, `Among this tenant's ${plural} there is none with that id.`)
}

function toJson({ id, kind, label, role, lifetime, federation, subject, created, secrets }: CredentialInfo): object {
  const trusted: unknown = federation === null ? undefined : JSON.parse(federation)
  return {
    id,
    label,
    role,
    ...(subject !== null && { subject }),
    created: toRfc3339(created),
    ...(kind === "client" && lifetime !== null && { accessTokenLifetimeSeconds: lifetime / 1000 }),
    ...(trusted !== undefined && { federation: trusted }),
    secrets: secrets.map((secret) => ({
      id: secret.id,
      created: toRfc3339(secret.created),
      expires: toRfc3339(secret.expires),
      lastUsed: secret.lastUsed === null ? null : toRfc3339(secret.lastUsed),
    })),
  }
}

function toJsonWithSecret({ credential, secret }: NewSecret, { secretName }: Collection): object {
  return { ...toJson(credential), ...(secret !== undefined && { [secretName]: secret }) }
}
