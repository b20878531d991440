/** Applications (service principals) as callers see them: who is assigned, and who is entitled by that (ENG-SCOPE-02). */
import type { AppRole, ApplicationRow, Assignment } from "./assignments.ts"
import { DirectoryError } from "./directory-error.ts"
import type { Group, GroupRef, User, UserRef } from "./model.ts"
import { toGroup, toUser } from "./objects.ts"
import { attributesOf, nameOf, type Parts, requireKey, requireObject } from "./parts.ts"

/** What an application means to a principal. */
export interface Entitlement {
  readonly isAssigned: boolean
  readonly roles: () => readonly AppRole[]
}

/** An application of the tenant: what a provisioning job belongs to. */
export interface Application {
  /** Object id of its service principal. */
  readonly id: string
  /** Its client id. */
  readonly appId: string
  readonly displayName: string
  readonly roles: readonly AppRole[]
  /**
   * Assigns users and groups, with the application's first role. Throws {@link DirectoryError}: unknown or deleted principal, assigned already, or
   * a group that is not securityEnabled (ENG-SCOPE-03, documented).
   */
  assign(...principals: readonly (UserRef | GroupRef)[]): void
  /** Assigns with one of the application's roles, by its display name. Several roles for one principal are possible. */
  assignRole(roleName: string, ...principals: readonly (UserRef | GroupRef)[]): void
  /** Takes all direct assignments of these principals away. Throws {@link DirectoryError} where there is none. */
  unassign(...principals: readonly (UserRef | GroupRef)[]): void
  /**
   * Whether a principal is assigned directly or, for a user, as a direct member of an assigned live group; nested groups don't count.
   * `untilMs`: by what was assigned until then, in epoch milliseconds.
   */
  isAssigned(principal: UserRef | GroupRef, options?: { readonly untilMs?: number }): boolean
  /** The roles that a principal holds: by its own assignments and, for a user, by those of its live groups. */
  rolesOf(principal: UserRef | GroupRef): readonly AppRole[]
  /** Both at once, about one moment; roles are looked up when they are asked for. */
  entitlementOf(principal: UserRef | GroupRef, options?: { readonly untilMs?: number }): Entitlement
  /** The direct assignments of one principal. */
  assignmentsOf(principal: UserRef | GroupRef): readonly Assignment[]
  /** All live users who are assigned (disabled ones too), in the order they were created; read page by page. */
  entitledUsers(): Iterable<User>
  /** All live groups that are assigned, likewise. */
  entitledGroups(): Iterable<Group>
}

/** A user is entitled by an assignment of its own or of a live group that it is a direct member of. */
const ENTITLED_USERS = `
  type = 'User' AND deleted_at IS NULL AND (
    EXISTS (SELECT 1 FROM assignments WHERE application_key = @applicationKey AND principal_key = objects.key)
    OR EXISTS (
      SELECT 1 FROM memberships
      JOIN assignments ON assignments.principal_key = memberships.group_key AND assignments.application_key = @applicationKey
      JOIN objects AS owner ON owner.key = memberships.group_key AND owner.deleted_at IS NULL
      WHERE memberships.member_key = objects.key
    )
  )
`

const ENTITLED_GROUPS = `
  type = 'Group' AND deleted_at IS NULL
  AND EXISTS (SELECT 1 FROM assignments WHERE application_key = @applicationKey AND principal_key = objects.key)
`

/** An application of the tenant, ready to use. */
export function toApplication(parts: Parts, application: ApplicationRow): Application {
  const { id, appId, displayName, roles, key } = application
  const assign = (role: AppRole, principals: readonly (UserRef | GroupRef)[]): void =>
    parts.atomically(() => {
      for (const principal of principals) assignOne(parts, application, role, principal)
    })
  const entitlementOf: Application["entitlementOf"] = (principal, { untilMs = Number.MAX_SAFE_INTEGER } = {}) => {
    const principalKeys = entitlers(parts, principal)
    return {
      isAssigned: principalKeys.some((principalKey) => parts.assignments.has(key, principalKey, untilMs)),
      roles() {
        const held = new Set(principalKeys.flatMap((principalKey) => parts.assignments.roleIdsOf(key, principalKey)))
        return roles.filter(({ id: roleId }) => held.has(roleId))
      },
    }
  }
  return {
    id,
    appId,
    displayName,
    roles,
    assign: (...principals) => assign(firstRole(application), principals),
    assignRole: (roleName, ...principals) => assign(roleNamed(application, roleName), principals),
    unassign: (...principals) =>
      parts.atomically(() => {
        for (const principal of principals) unassignOne(parts, application, principal)
      }),
    isAssigned: (principal, options) => entitlementOf(principal, options).isAssigned,
    rolesOf: (principal) => entitlementOf(principal).roles(),
    entitlementOf,
    assignmentsOf: (principal) => parts.assignments.of(key, requireObject(parts, principal, "any").key),
    *entitledUsers() {
      for (const row of parts.objects.pages(ENTITLED_USERS, { applicationKey: key })) yield toUser(row)
    },
    *entitledGroups() {
      for (const row of parts.objects.pages(ENTITLED_GROUPS, { applicationKey: key })) yield toGroup(row)
    },
  }
}

/** The keys of those whose assignments count for a principal: itself and, for a user, its groups (ENG-SCOPE-02). */
function entitlers(parts: Parts, principal: UserRef | GroupRef): readonly number[] {
  const key = requireKey(parts, principal)
  return principal.objectType === "User" ? [key, ...parts.memberships.groupKeysOf(key)] : [key]
}

function assignOne(parts: Parts, application: ApplicationRow, role: AppRole, principal: UserRef | GroupRef): void {
  const row = requireObject(parts, principal)
  if (row.type === "Group" && attributesOf(row).get("securityEnabled") !== true) {
    throw new DirectoryError(
      "NotAssignable",
      `${nameOf(row)} is not securityEnabled, so it can't be assigned to an application. Assign a security group, or its members.`,
    )
  }
  const atMs = parts.clock.now()
  if (!parts.assignments.add(application.key, row.key, role.id, parts.ids.next(), atMs)) {
    throw new DirectoryError(
      "DuplicateReference",
      `${nameOf(row)} is assigned to ${application.displayName} as ${role.displayName} already.`,
    )
  }
  recordAssignment(parts, application, row, true)
}

function unassignOne(parts: Parts, application: ApplicationRow, principal: UserRef | GroupRef): void {
  const row = requireObject(parts, principal, "any")
  if (!parts.assignments.remove(application.key, row.key)) {
    throw new DirectoryError(
      "UnknownReference",
      `${nameOf(row)} is not directly assigned to ${application.displayName}.`,
    )
  }
  recordAssignment(parts, application, row, false)
}

/** Of a group: for itself, and for the users in it (ENG-DELTA-08). */
function recordAssignment(
  parts: Parts,
  application: ApplicationRow,
  row: ReturnType<typeof requireObject>,
  added: boolean,
): void {
  const atMs = parts.clock.now()
  parts.feed.record(row, "assignment", atMs, { related: { id: application.id, type: "Application" }, added })
  if (row.type === "Group") parts.feed.recordMembersOf(row.key, application.id, added, atMs)
}

function firstRole(application: ApplicationRow): AppRole {
  const [role] = application.roles
  if (role !== undefined) return role
  throw new DirectoryError("UnknownReference", `The application ${application.displayName} has no role to assign.`)
}

/** The role of that display name. Throws {@link DirectoryError} where the application has none. */
function roleNamed(application: ApplicationRow, roleName: string): AppRole {
  const role = application.roles.find(({ displayName }) => displayName === roleName)
  if (role !== undefined) return role
  const names = application.roles.map(({ displayName }) => `"${displayName}"`).join(", ")
  throw new DirectoryError(
    "UnknownReference",
    `The application ${application.displayName} has no role "${roleName}"; it has ${names}.`,
  )
}
