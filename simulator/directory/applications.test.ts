import { describe, expect, it } from "vitest"

import { VirtualClock } from "../clock.ts"
import { createIdSource, createRandom } from "../random.ts"
import type { User } from "./model.ts"
import { createTenant } from "./tenant.ts"
import type { Tenant } from "./tenant-interface.ts"

function openTenant(): Tenant {
  const random = createRandom(1)
  return createTenant({ clock: new VirtualClock(0), random, ids: createIdSource(random) })
}

function newUser(tenant: Tenant, alias: string): User {
  return tenant.createUser({ userPrincipalName: `${alias}@contoso.example`, displayName: alias })
}

function entitled(users: Iterable<User>): string[] {
  return Array.from(users, ({ displayName }) => displayName)
}

describe("assignment", () => {
  it("ENG-SCOPE-02 entitles a user directly, or as a direct member of an assigned group, and no deeper", () => {
    const tenant = openTenant()
    const [direct, member, nested, both, stranger] = ["direct", "member", "nested", "both", "stranger"].map((alias) =>
      newUser(tenant, alias),
    ) as [User, User, User, User, User]
    const inner = tenant.createGroup({ displayName: "Inner" }, { members: [nested] })
    const outer = tenant.createGroup({ displayName: "Outer" }, { members: [member, both, inner] })
    const app = tenant.createApplication("App")
    app.assign(direct, both, outer)
    expect(entitled(app.entitledUsers())).toEqual(["direct", "member", "both"])
    expect(Array.from(app.entitledGroups(), ({ displayName }) => displayName)).toEqual(["Outer"])
    expect(
      [direct, member, nested, both, stranger, outer, inner].map((principal) => app.isAssigned(principal)),
    ).toEqual([true, true, false, true, false, true, false])
  })

  it("ends with unassignment, membership, or the group", () => {
    const tenant = openTenant()
    const [ada, bob] = [newUser(tenant, "ada"), newUser(tenant, "bob")]
    const group = tenant.createGroup({ displayName: "G" }, { members: [ada, bob] })
    const app = tenant.createApplication("App")
    app.assign(ada, group)
    app.unassign(ada)
    expect(app.isAssigned(ada)).toBe(true)
    tenant.removeMember(group, ada)
    expect(app.isAssigned(ada)).toBe(false)
    tenant.deleteGroup(group)
    expect(app.isAssigned(bob)).toBe(false)
    expect(entitled(app.entitledUsers())).toEqual([])
    expect([...app.entitledGroups()]).toEqual([])
    tenant.restore(group)
    expect(entitled(app.entitledUsers())).toEqual(["bob"])
  })

  it("keeps applications apart, and disabled people in", () => {
    const tenant = openTenant()
    const ada = tenant.disable(newUser(tenant, "ada"))
    const first = tenant.createApplication("First")
    const second = tenant.createApplication("Second")
    first.assign(ada)
    expect(entitled(first.entitledUsers())).toEqual(["ada"])
    expect(entitled(second.entitledUsers())).toEqual([])
    expect(tenant.applications().map(({ id }) => id)).toEqual([first.id, second.id])
    expect(tenant.application("nobody")).toBeUndefined()
  })

  it("GRAPH-506 names a role: the first one unless another is asked for", () => {
    const tenant = openTenant()
    const ada = newUser(tenant, "ada")
    const plain = tenant.createApplication("Plain")
    expect(plain.roles.map(({ displayName }) => displayName)).toEqual(["User", "msiam_access"])
    plain.assign(ada)
    expect(plain.assignmentsOf(ada)).toMatchObject([
      { principalType: "User", principalId: ada.id, roleId: plain.roles[0]?.id },
    ])
    const withRoles = tenant.createApplication("Roles", { roles: ["Reader", "Writer"] })
    withRoles.assignRole("Writer", ada)
    withRoles.assign(ada)
    expect(
      withRoles
        .assignmentsOf(ada)
        .map(({ roleId }) => roleId)
        .toSorted(),
    ).toEqual(withRoles.roles.map(({ id }) => id).toSorted())
    withRoles.unassign(ada)
    expect(withRoles.assignmentsOf(ada)).toEqual([])
    expect(() => withRoles.assignRole("Admin", ada)).toThrow(
      'The application Roles has no role "Admin"; it has "Reader", "Writer".',
    )
  })

  it("gives a user the roles of its live groups beside its own, in the application's order", () => {
    const tenant = openTenant()
    const [ada, bob] = [newUser(tenant, "ada"), newUser(tenant, "bob")]
    const app = tenant.createApplication("Roles", { roles: ["Reader", "Writer", "Admin"] })
    const team = tenant.createGroup({ displayName: "Team" }, { members: [ada] })
    const names = (principal: User): string[] => app.rolesOf(principal).map(({ displayName }) => displayName)
    app.assignRole("Admin", ada)
    app.assignRole("Reader", team)
    expect([names(ada), names(bob)]).toEqual([["Reader", "Admin"], []])
    tenant.deleteGroup(team)
    expect(names(ada)).toEqual(["Admin"])
  })

  it("ENG-SCOPE-03 refuses a group that is not securityEnabled, and other impossible assignments, with nothing written", () => {
    const tenant = openTenant()
    const ada = newUser(tenant, "ada")
    const list = tenant.createGroup({ displayName: "List", securityEnabled: false, mailEnabled: true })
    const app = tenant.createApplication("App")
    expect(() => app.assign(ada, list)).toThrow(/List .* is not securityEnabled/)
    expect(app.isAssigned(ada)).toBe(false)
    app.assign(ada)
    expect(() => app.assign(ada)).toThrow("is assigned to App as User already")
    const bob = tenant.softDelete(newUser(tenant, "bob"))
    expect(() => app.assign(bob)).toThrow("is in the recycle bin")
    expect(() => app.unassign(bob)).toThrow("is not directly assigned to App")
  })

  it("reads more entitled users than fit on a page", () => {
    const tenant = openTenant()
    const app = tenant.createApplication("App")
    const people = tenant.createUsers(1100)
    const group = tenant.createGroup({ displayName: "G" }, { members: people.slice(0, 700) })
    app.assign(group, ...people.slice(650))
    expect(Array.from(app.entitledUsers(), ({ id }) => id)).toEqual(people.map(({ id }) => id))
  })
})
