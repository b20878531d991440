/**
 * App roles as the elements of a `roles` attribute. Entra writes them in one shape when it creates and, without the compliance
 * flag, in another when it updates (FN-APPROLEASSIGNMENTSCOMPLEX-1, -2, documented).
 */
import type { AppRoleAssignment } from "./definition.ts"
import { roleName } from "./tenant.ts"

/** The type of every role element (FN-SINGLEAPPROLEASSIGNMENT-2, documented). */
const ROLE_TYPE = "WindowsAzureActiveDirectoryRole"

/** App roles on their way to a multi-valued complex attribute. */
export interface AppRolesValue {
  readonly roles: readonly AppRoleAssignment[]
  /** The target's roles are replaced, so that others vanish (FN-ASSERTIVEAPPROLEASSIGNMENTSCOMPLEX-1, documented). */
  readonly assertive: boolean
}

export type RoleElement = Readonly<Record<string, string | boolean>>

/**
 * The elements of `roles`. `stringified` is the shape of an Add in a PATCH without the compliance flag: each element holds one
 * value, the role as JSON text (FN-APPROLEASSIGNMENTSCOMPLEX-2, documented, disputed).
 */
export function roleElements(
  { roles, assertive }: AppRolesValue,
  { stringified = false }: { readonly stringified?: boolean } = {},
): readonly RoleElement[] {
  if (stringified && !assertive) {
    return roles.map(({ id, value, displayName }) => ({ value: JSON.stringify({ id, value, displayName }) }))
  }
  const nameMember = assertive ? "display" : "displayName"
  return roles.map((role) => ({
    primary: false,
    type: ROLE_TYPE,
    [nameMember]: role.displayName,
    value: roleName(role),
  }))
}
