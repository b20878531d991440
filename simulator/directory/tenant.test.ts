import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { describe, expect, it } from "vitest"

import { VirtualClock } from "../clock.ts"
import { createIdSource, createRandom } from "../random.ts"
import type { NewUser } from "./model.ts"
import { createTenant } from "./tenant.ts"
import type { Tenant, TenantOptions } from "./tenant-interface.ts"

const START_MS = Date.UTC(2026, 0, 15)
const ADA: NewUser = { userPrincipalName: "ada@contoso.example", displayName: "Ada Lovelace" }

function openTenant(options: Partial<TenantOptions> = {}): Tenant {
  const random = createRandom(1)
  return createTenant({ clock: new VirtualClock(START_MS), random, ids: createIdSource(random), ...options })
}

function codeOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return (error as { code?: unknown }).code
  }
  return "no error"
}

describe("a tenant", () => {
  it("ENG-JOB-07 has a GUID of its own, which a file keeps", () => {
    const folder = mkdtempSync(join(tmpdir(), "scimulate-"))
    try {
      const db = join(folder, "tenant.db")
      const first = openTenant({ db })
      const { id } = first
      first.close()
      const again = openTenant({ db, ids: createIdSource(createRandom(2)) })
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(again.id).toBe(id)
      again.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe("users", () => {
  it("MAP-121 have the directory's attributes, and defaults for what a user can't be without", () => {
    const tenant = openTenant()
    const ada = tenant.createUser({
      ...ADA,
      surname: "Lovelace",
      mobile: "+44 1",
      proxyAddresses: ["SMTP:ada@contoso.example"],
    })
    expect(ada).toEqual({
      objectType: "User",
      id: ada.id,
      userPrincipalName: "ada@contoso.example",
      displayName: "Ada Lovelace",
      mailNickname: "ada",
      accountEnabled: true,
      surname: "Lovelace",
      mobile: "+44 1",
      proxyAddresses: ["SMTP:ada@contoso.example"],
      managerId: null,
      nameBeforeDeletion: null,
      createdAtMs: START_MS,
      deletedAtMs: null,
    })
    expect(tenant.user(ada.id)).toEqual(ada)
    expect(tenant.userNamed("ADA@contoso.EXAMPLE")).toEqual(ada)
    expect(tenant.user("00000000-0000-4000-8000-000000000000")).toBeUndefined()
    expect(tenant.group(ada.id)).toBeUndefined()
  })

  it("MAP-122 may have directory extensions", () => {
    const tenant = openTenant()
    const ada = tenant.createUser({ ...ADA, extension_0123abc_costCentre: "42" })
    expect(ada.extension_0123abc_costCentre).toBe("42")
    expect(tenant.update(ada, { extension_0123abc_costCentre: null }).extension_0123abc_costCentre).toBeUndefined()
  })

  it("MAP-507 keep neither null nor an empty text or list", () => {
    const tenant = openTenant()
    const ada = tenant.createUser({ ...ADA, mail: "", city: null, otherMails: [] })
    expect(ada).not.toHaveProperty("mail")
    expect(ada).not.toHaveProperty("city")
    expect(ada).not.toHaveProperty("otherMails")
    const moved = tenant.update(ada, { city: "London" })
    expect(moved.city).toBe("London")
    expect(tenant.update(ada, { city: "" })).not.toHaveProperty("city")
  })

  it("are changed, disabled and enabled by whatever snapshot is at hand", () => {
    const tenant = openTenant()
    const ada = tenant.createUser(ADA)
    expect(tenant.update(ada, { surname: "King", displayName: "Ada King" }).surname).toBe("King")
    expect(tenant.disable(ada).accountEnabled).toBe(false)
    expect(tenant.enable(ada)).toMatchObject({ accountEnabled: true, surname: "King", displayName: "Ada King" })
  })

  it("have a manager, changed and removed", () => {
    const tenant = openTenant()
    const ada = tenant.createUser(ADA)
    const boss = tenant.createUser({ userPrincipalName: "boss@contoso.example", displayName: "Boss" })
    expect(tenant.setManager(ada, boss).managerId).toBe(boss.id)
    expect(tenant.setManager(ada, null).managerId).toBeNull()
  })

  it.each<[string, (tenant: Tenant) => unknown, string, RegExp]>([
    [
      "an unknown attribute",
      (t) => t.createUser({ ...ADA, surnam: "x" } as NewUser),
      "UnknownAttribute",
      /"surnam"\. Did you mean "surname"\?$/,
    ],
    [
      "a Graph name",
      (t) => t.createUser({ ...ADA, officeLocation: "x" } as NewUser),
      "UnknownAttribute",
      /Did you mean "physicalDeliveryOfficeName"\?$/,
    ],
    [
      "a name like nothing",
      (t) => t.createUser({ ...ADA, zzz: "x" } as NewUser),
      "UnknownAttribute",
      /has no attribute "zzz"\.$/,
    ],
    [
      "a wrong kind of value",
      (t) => t.createUser({ ...ADA, accountEnabled: "True" } as unknown as NewUser),
      "InvalidValue",
      /"accountEnabled" takes true or false, but got "True"/,
    ],
    [
      "a list with a number",
      (t) => t.createUser({ ...ADA, otherMails: [1] } as unknown as NewUser),
      "InvalidValue",
      /takes a list of texts, but got \[1\]/,
    ],
    ["no name", (t) => t.createUser({ displayName: "X" } as NewUser), "MissingValue", /needs a userPrincipalName/],
    [
      "an empty displayName",
      (t) => t.createUser({ ...ADA, displayName: "" }),
      "MissingValue",
      /cannot be without "displayName"/,
    ],
    [
      "a name without domain",
      (t) => t.createUser({ ...ADA, userPrincipalName: "ada" }),
      "InvalidValue",
      /must be alias@domain/,
    ],
    [
      "a name with a space",
      (t) => t.createUser({ ...ADA, userPrincipalName: "a b@contoso.example" }),
      "InvalidValue",
      /must be alias@domain/,
    ],
    [
      "GRAPH-103 a foreign domain",
      (t) => t.createUser({ ...ADA, userPrincipalName: "ada@else.example" }),
      "InvalidValue",
      /no verified domain .*contoso\.example, contoso\.onmicrosoft\.com/,
    ],
  ])("refuse %s", (_, act, code, message) => {
    const tenant = openTenant()
    expect(codeOf(() => act(tenant))).toBe(code)
    expect(() => act(tenant)).toThrow(message)
    expect([...tenant.users()]).toEqual([])
    expect(tenant.watermark()).toBe(0)
  })

  it("GRAPH-104 have a name that is unique in the tenant, without regard to case", () => {
    const tenant = openTenant()
    const ada = tenant.createUser(ADA)
    const bob = tenant.createUser({ userPrincipalName: "bob@contoso.example", displayName: "Bob" })
    const taken = { userPrincipalName: "ADA@contoso.example", displayName: "Other" }
    expect(() => tenant.createUser(taken)).toThrow(/ADA@contoso.example is taken: The user Ada Lovelace/)
    expect(codeOf(() => tenant.update(bob, { userPrincipalName: "Ada@Contoso.example" }))).toBe("DuplicateValue")
    expect(tenant.update(ada, { userPrincipalName: "Ada@contoso.example" }).userPrincipalName).toBe(
      "Ada@contoso.example",
    )
    expect(codeOf(() => tenant.createUser({ ...taken, userPrincipalName: "c@contoso.example" }, { id: ada.id }))).toBe(
      "DuplicateValue",
    )
  })

  it("may be named in any verified domain", () => {
    const tenant = openTenant({ domain: "fabrikam.example" })
    expect(tenant.domains()).toEqual([
      { name: "fabrikam.example", kind: "default" },
      { name: "fabrikam.onmicrosoft.com", kind: "initial" },
    ])
    tenant.addDomain("Sub.Fabrikam.example")
    const user = tenant.createUser({ userPrincipalName: "a@sub.fabrikam.example", displayName: "A" })
    expect(user.userPrincipalName).toBe("a@sub.fabrikam.example")
    expect(codeOf(() => tenant.addDomain("no domain"))).toBe("InvalidValue")
  })
})

describe("groups", () => {
  it("are security groups unless asked otherwise, and two may share a name (GRAPH-205)", () => {
    const tenant = openTenant()
    const group = tenant.createGroup({ displayName: "Engineering" })
    expect(group).toMatchObject({
      displayName: "Engineering",
      securityEnabled: true,
      mailEnabled: false,
      mailNickname: group.id.slice(0, 10),
    })
    const other = tenant.createGroup({
      displayName: "Engineering",
      mail: "eng@contoso.example",
      mailEnabled: true,
      securityEnabled: false,
    })
    expect(Array.from(tenant.groups(), ({ id }) => id)).toEqual([group.id, other.id])
    expect(tenant.renameGroup(group, "R&D").displayName).toBe("R&D")
  })

  it("have users and groups as direct members", () => {
    const tenant = openTenant()
    const ada = tenant.createUser(ADA)
    const inner = tenant.createGroup({ displayName: "Inner" })
    const outer = tenant.createGroup({ displayName: "Outer" }, { members: [inner] })
    tenant.addMember(outer, ada)
    tenant.addMember(inner, ada)
    expect([...tenant.members(outer)]).toEqual([
      { id: ada.id, objectType: "User" },
      { id: inner.id, objectType: "Group" },
    ])
    expect(tenant.memberCount(outer)).toBe(2)
    expect(tenant.groupIdsOf(ada)).toEqual([inner.id, outer.id])
    tenant.removeMember(outer, inner, ada)
    expect(tenant.isMember(outer, ada)).toBe(false)
    expect(tenant.isMember(inner, ada)).toBe(true)
  })

  it("are asked for a member by its id alone, whatever it is and whether it is there or not", () => {
    const tenant = openTenant()
    const ada = tenant.createUser(ADA)
    const inner = tenant.createGroup({ displayName: "Inner" })
    const outer = tenant.createGroup({ displayName: "Outer" }, { members: [ada, inner] })
    expect([ada.id, inner.id, outer.id, "nobody"].map((id) => tenant.hasMember(outer, id))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it("refuse a member twice (GRAPH-206), a stranger, and the removal of none", () => {
    const tenant = openTenant()
    const ada = tenant.createUser(ADA)
    const group = tenant.createGroup({ displayName: "G" }, { members: [ada] })
    expect(codeOf(() => tenant.addMember(group, ada))).toBe("DuplicateReference")
    expect(codeOf(() => tenant.removeMember(group, group))).toBe("UnknownReference")
    expect(codeOf(() => tenant.addMember(group, { objectType: "User", id: "gone" }))).toBe("UnknownObject")
    expect(codeOf(() => tenant.addMember(group, { objectType: "User", id: group.id }))).toBe("UnknownObject")
    expect(codeOf(() => tenant.update({ objectType: "Group", id: group.id }, { surname: "x" } as object))).toBe(
      "UnknownAttribute",
    )
  })

  it("add several members as one unit", () => {
    const tenant = openTenant()
    const ada = tenant.createUser(ADA)
    const group = tenant.createGroup({ displayName: "G" })
    const before = tenant.watermark()
    expect(codeOf(() => tenant.addMember(group, ada, ada))).toBe("DuplicateReference")
    expect(tenant.memberCount(group)).toBe(0)
    expect(tenant.watermark()).toBe(before)
  })

  it("list more members than fit on a page, in the order they were created", () => {
    const tenant = openTenant()
    const people = tenant.createUsers(1203)
    const group = tenant.createGroup({ displayName: "All" }, { members: people.toReversed() })
    expect(Array.from(tenant.members(group), ({ id }) => id)).toEqual(people.map(({ id }) => id))
    expect(tenant.memberCount(group)).toBe(1203)
  })
})

describe("a tenant", () => {
  it("list ids of live users and groups, more than fit on a page", () => {
    const tenant = openTenant()
    const people = tenant.createUsers(1100)
    const group = tenant.createGroup({ displayName: "G" })
    for (const gone of people.slice(5, 7)) tenant.softDelete(gone)
    expect([...tenant.ids("User")]).toEqual(people.toSpliced(5, 2).map(({ id }) => id))
    expect([...tenant.ids("Group")]).toEqual([group.id])
  })

  it("may be written while somebody reads it", () => {
    const tenant = openTenant()
    tenant.createUsers(600)
    const seen: string[] = []
    for (const user of tenant.users()) {
      seen.push(user.id)
      tenant.update(user, { city: "Ulm" })
    }
    expect(new Set(seen).size).toBe(600)
  })

  it("undoes everything of a transaction that fails", () => {
    const tenant = openTenant()
    expect(() =>
      tenant.transaction(() => {
        tenant.createUser(ADA)
        tenant.createUser(ADA)
      }),
    ).toThrow("is taken")
    expect([...tenant.users()]).toEqual([])
    expect(tenant.watermark()).toBe(0)
  })

  it("is kept in a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "scimulate-tenant-"))
    try {
      const db = join(folder, "tenant.db")
      const first = openTenant({ db })
      const ada = first.createUser(ADA)
      const app = first.createApplication("App")
      app.assign(ada)
      const watermark = first.watermark()
      first.close()
      const again = openTenant({ db, domain: "ignored.example" })
      expect(again.userNamed("ada@contoso.example")).toEqual(ada)
      expect(again.watermark()).toBe(watermark)
      expect(again.application(app.id)?.isAssigned(ada)).toBe(true)
      expect(again.applications().map(({ displayName }) => displayName)).toEqual(["App"])
      again.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it("says so where a file can't be used", () => {
    const folder = mkdtempSync(join(tmpdir(), "scimulate-tenant-"))
    try {
      const db = join(folder, "notes.txt")
      writeFileSync(db, "this is no database, however long one looks at it. ".repeat(100))
      expect(() => openTenant({ db })).toThrow(/notes\.txt can't be used as a tenant: file is not a database/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
