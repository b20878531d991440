/** Reads the tenant into the plain data that the second oracle looks at, and remembers what cycles have seen of it. */
import type { Application, Group, Tenant, User } from "../simulator/index.ts"
import type { DirectorySnapshot, SnapshotGroup, SnapshotUser } from "./oracles/snapshot.ts"

/** The tenant as it is now, as the application sees it. */
export function readDirectory(tenant: Tenant, application: Application): DirectorySnapshot {
  const users = [...tenant.users(), ...tenant.deletedUsers()]
  const groups = [...tenant.groups(), ...tenant.deletedGroups()]
  const assigned = [...users, ...groups].filter((principal) => application.assignmentsOf(principal).length > 0)
  return {
    users: users.map(toSnapshotUser),
    groups: groups.map((group) => toSnapshotGroup(group, tenant)),
    assigned: new Set(assigned.map(({ id }) => id)),
  }
}

function toSnapshotUser(user: User): SnapshotUser {
  const texts = Object.entries(user).filter((entry): entry is [string, string] => typeof entry[1] === "string")
  const attributes = Object.fromEntries(texts)
  return {
    id: user.id,
    attributes: { ...attributes, userPrincipalName: user.nameBeforeDeletion ?? user.userPrincipalName },
    enabled: user.accountEnabled,
    deleted: user.deletedAtMs !== null,
    managerId: user.managerId,
  }
}

function toSnapshotGroup(group: Group, tenant: Tenant): SnapshotGroup {
  return {
    id: group.id,
    displayName: group.displayName,
    deleted: group.deletedAtMs !== null,
    memberIds: [...tenant.members(group)].map(({ id }) => id),
  }
}
