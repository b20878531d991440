/** What can be set of one tenant: by options for the default one, and through the administration API. */
import { z } from "zod"
import { SCIM_ROLES } from "../auth/access.ts"
import { isBlock, NO_BLOCK } from "../auth/addresses.ts"
import { trustSchema } from "../auth/federation.ts"

const rateLimitSchema = z.strictObject({
  requests: z.int().min(1).max(1_000_000),
  perMs: z.int().min(1).max(86_400_000),
})

const addressesSchema = z.array(z.string().refine(isBlock, { message: NO_BLOCK })).max(1000)

const jwtSchema = trustSchema.extend({ roles: z.record(z.string(), z.enum(SCIM_ROLES)).optional() })

export const tenantSettingsSchema = z.strictObject({
  /** How many requests within how many milliseconds. */
  rateLimit: rateLimitSchema.optional(),
  /** Addresses and CIDR blocks that may call. Without it, all may. */
  allowedAddresses: addressesSchema.optional(),
  /** Which signed tokens are accepted beside the tenant's own. */
  jwt: jwtSchema.optional(),
})
export type TenantSettings = z.output<typeof tenantSettingsSchema>
