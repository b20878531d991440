/** What can be set of one tenant: by options for the default one, and through the administration API. */
import { z } from "zod"
import { SCIM_ROLES } from "../auth/access.ts"
import { isBlock, NO_BLOCK } from "../auth/addresses.ts"
import { jwksSchema } from "../auth/jwks.ts"

const rateLimitSchema = z.strictObject({
  requests: z.int().min(1).max(1_000_000),
  perMs: z.int().min(1).max(86_400_000),
})

const addressesSchema = z.array(z.string().refine(isBlock, { message: NO_BLOCK })).max(1000)

/** Keys travel in the clear only where nobody else listens: http is for this machine. */
const jwksUrlSchema = z.string().refine(isSafeUrl, { message: "must be an https URL, or http on this machine" })

const jwtSchema = z.strictObject({
  issuer: z.string().min(1),
  audience: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  jwks: z.union([jwksUrlSchema, jwksSchema]),
  claims: z.record(z.string(), z.string()).optional(),
  roles: z.record(z.string(), z.enum(SCIM_ROLES)).optional(),
})

export const tenantSettingsSchema = z.strictObject({
  /** How many requests within how many milliseconds. */
  rateLimit: rateLimitSchema.optional(),
  /** Addresses and CIDR blocks that may call. Without it, all may. */
  allowedAddresses: addressesSchema.optional(),
  /** Which signed tokens are accepted beside the tenant's own. */
  jwt: jwtSchema.optional(),
})
export type TenantSettings = z.output<typeof tenantSettingsSchema>

function isSafeUrl(text: string): boolean {
  const url = URL.parse(text)
  return url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname))
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
