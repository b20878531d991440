/** What a directory file holds, whatever its format: checked in itself, ready to be put into a tenant as one unit. */
import { DirectoryError } from "../directory-error.ts"
import type { Group, NewGroup, NewUser, User } from "../model.ts"
import type { Tenant } from "../tenant-interface.ts"
import { domainOf } from "../user-principal-name.ts"

export interface ImportedUser {
  /** Its object id; null where the file has none, so that it gets a new one. */
  readonly id: string | null
  readonly attributes: NewUser
  readonly managerId: string | null
}

export interface ImportedGroup {
  readonly id: string
  readonly attributes: NewGroup
  readonly memberIds: readonly string[]
}

export interface DirectoryContents {
  readonly users: readonly ImportedUser[]
  readonly groups: readonly ImportedGroup[]
  /** What was left out, in sentences for the user. */
  readonly notes: readonly string[]
}

/**
 * Puts the contents into a tenant: all of it, or nothing. The domains of the people become verified domains. Gives the users and groups
 * in the order of the file. Throws {@link DirectoryError} where something collides with what the tenant holds already.
 */
export function loadDirectory(tenant: Tenant, contents: DirectoryContents): { users: User[]; groups: Group[] } {
  return tenant.transaction(() => {
    for (const domain of new Set(contents.users.map(({ attributes }) => domainOf(attributes.userPrincipalName)))) {
      tenant.addDomain(domain)
    }
    const users = contents.users.map(({ id, attributes }) => tenant.createUser(attributes, id === null ? {} : { id }))
    const groups = contents.groups.map(({ id, attributes }) => tenant.createGroup(attributes, { id }))
    const byId = new Map<string, User | Group>([...users, ...groups].map((object) => [object.id, object]))
    const objectOf = (id: string): User | Group => {
      const object = byId.get(id)
      if (object !== undefined) return object
      throw new DirectoryError("UnknownObject", `There is no user or group with the id ${id}.`)
    }
    contents.users.forEach(({ managerId }, index) => {
      const user = users[index]
      const manager = managerId === null ? undefined : objectOf(managerId)
      if (user !== undefined && manager?.objectType === "User") tenant.setManager(user, manager)
    })
    contents.groups.forEach(({ memberIds }, index) => {
      const group = groups[index]
      if (group !== undefined) tenant.addMember(group, ...memberIds.map(objectOf))
    })
    return { users: users.map((user) => tenant.user(user.id) ?? user), groups }
  })
}
