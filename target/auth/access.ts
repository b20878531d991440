/** Who asks, and what they may do. */

/**
 * `provisioning` reads and writes a tenant's resources, `read-only` reads them, `administration` rules the server through
 * /admin and sees no resources.
 */
export const ROLES = ["provisioning", "read-only", "administration"] as const
export type Role = (typeof ROLES)[number]

/** The roles that SCIM's endpoints know. */
export const SCIM_ROLES = ["provisioning", "read-only"] as const
export type ScimRole = (typeof SCIM_ROLES)[number]

export interface Access {
  /** How the audit log calls them: `token:ID`, `client:ID`, `jwt:APPLICATION`. Never a secret. */
  readonly actor: string
  readonly role: Role
  /** Id of the User that they are, where a token was made for a person: what /Me stands for (RFC 7644 §3.11). */
  readonly subject?: string
}

/** Everybody, where nobody has to authenticate. */
export const ANONYMOUS: Access = { actor: "anonymous", role: "provisioning" }
