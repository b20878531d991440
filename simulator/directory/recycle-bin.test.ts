import { describe, expect, it } from "vitest"

import { VirtualClock } from "../clock.ts"
import { createIdSource, createRandom } from "../random.ts"
import type { User } from "./model.ts"
import { createTenant } from "./tenant.ts"
import type { Tenant } from "./tenant-interface.ts"

const DAY_MS = 86_400_000

interface Scene {
  readonly clock: VirtualClock
  readonly tenant: Tenant
  readonly ada: User
}

function openScene(options: { securityGroupsRestorable?: boolean } = {}): Scene {
  const clock = new VirtualClock(0)
  const random = createRandom(1)
  const tenant = createTenant({ clock, random, ids: createIdSource(random), ...options })
  const ada = tenant.createUser(
    { userPrincipalName: "ada@contoso.example", displayName: "Ada" },
    { id: "11111111-2222-4333-8444-555555555555" },
  )
  return { clock, tenant, ada }
}

describe("the recycle bin: users", () => {
  it("GRAPH-407 keeps a deleted user under a mangled name, so that another one may take it", () => {
    const { tenant, ada } = openScene()
    const deleted = tenant.softDelete(ada)
    expect(deleted).toMatchObject({
      userPrincipalName: "11111111222243338444555555555555ada@contoso.example",
      nameBeforeDeletion: "ada@contoso.example",
      deletedAtMs: 0,
    })
    expect([...tenant.users()]).toEqual([])
    expect([...tenant.deletedUsers()]).toEqual([deleted])
    const second = tenant.createUser({ userPrincipalName: "ada@contoso.example", displayName: "Ada 2" })
    expect(() => tenant.restore(ada)).toThrow(/ada@contoso.example is taken: The user Ada 2/)
    expect(tenant.restore(ada, { userPrincipalName: "ada.1@contoso.example" })).toMatchObject({
      userPrincipalName: "ada.1@contoso.example",
      nameBeforeDeletion: null,
      deletedAtMs: null,
    })
    expect(tenant.userNamed("ada@contoso.example")?.id).toBe(second.id)
  })

  it("ENG-DEPROV-08 GRAPH-404 gives back name, id, memberships and assignments on restore", async () => {
    const { clock, tenant, ada } = openScene()
    const group = tenant.createGroup({ displayName: "G" }, { members: [ada] })
    const app = tenant.createApplication("App")
    app.assign(ada)
    tenant.softDelete(ada)
    expect(tenant.memberCount(group)).toBe(0)
    expect([...tenant.members(group)]).toEqual([])
    expect([...app.entitledUsers()]).toEqual([])
    await clock.advance({ days: 29, hours: 23 })
    const restored = tenant.restore(ada)
    expect(restored).toEqual(ada)
    expect([...tenant.members(group)]).toEqual([{ id: ada.id, objectType: "User" }])
    expect(Array.from(app.entitledUsers(), ({ id }) => id)).toEqual([ada.id])
  })

  it("ENG-DEPROV-03 purges by itself after 30 days, at that instant, whenever somebody looks", async () => {
    const { clock, tenant, ada } = openScene()
    const bob = tenant.createUser({ userPrincipalName: "bob@contoso.example", displayName: "Bob" })
    tenant.softDelete(ada)
    await clock.advance({ days: 1 })
    tenant.softDelete(bob)
    const watermark = tenant.watermark()
    await clock.advance({ days: 29, ms: -1 })
    expect([...tenant.changesSince(watermark)]).toEqual([])
    expect(tenant.user(ada.id)).toBeDefined()
    await clock.advance({ days: 100 })
    const changes = [...tenant.changesSince(watermark)]
    expect(changes.map(({ objectId, kinds, lastAtMs }) => [objectId, [...kinds], lastAtMs])).toEqual([
      [ada.id, ["purged"], 30 * DAY_MS],
      [bob.id, ["purged"], 31 * DAY_MS],
    ])
    expect(tenant.user(ada.id)).toBeUndefined()
    expect([...tenant.deletedUsers()]).toEqual([])
    expect(() => tenant.restore(ada)).toThrow(/There is no user with the id 11111111-2222-4333-8444-555555555555/)
  })

  it("does not keep a purge date for whom was restored in time", async () => {
    const { clock, tenant, ada } = openScene()
    tenant.softDelete(ada)
    await clock.advance({ days: 20 })
    tenant.restore(ada)
    await clock.advance({ days: 20 })
    expect(tenant.user(ada.id)?.deletedAtMs).toBeNull()
    tenant.softDelete(ada)
    await clock.advance({ days: 29 })
    expect(tenant.user(ada.id)).toBeDefined()
  })

  it("GRAPH-405 purges by hand, with everything that pointed there", () => {
    const { tenant, ada } = openScene()
    const report = tenant.createUser({ userPrincipalName: "bob@contoso.example", displayName: "Bob" })
    tenant.setManager(report, ada)
    const group = tenant.createGroup({ displayName: "G" }, { members: [ada] })
    const app = tenant.createApplication("App")
    app.assign(ada)
    tenant.softDelete(ada)
    tenant.purge(ada)
    expect(tenant.user(ada.id)).toBeUndefined()
    expect(tenant.user(report.id)?.managerId).toBeNull()
    expect(tenant.memberCount(group)).toBe(0)
    const again = tenant.createUser({ userPrincipalName: "ada@contoso.example", displayName: "Ada" }, { id: ada.id })
    expect(app.isAssigned(again)).toBe(false)
    expect(tenant.isMember(group, again)).toBe(false)
  })

  it.each<[string, (scene: Scene) => unknown]>([
    ["a second deletion", ({ tenant, ada }) => tenant.softDelete(tenant.softDelete(ada))],
    ["a change of a deleted user", ({ tenant, ada }) => tenant.update(tenant.softDelete(ada), { city: "Ulm" })],
    [
      "a deleted user as member",
      ({ tenant, ada }) => tenant.createGroup({ displayName: "G" }, { members: [tenant.softDelete(ada)] }),
    ],
    [
      "a deleted user as manager",
      ({ tenant, ada }) => tenant.setManager(tenant.createUsers(1)[0] ?? ada, tenant.softDelete(ada)),
    ],
    ["the restoration of a live user", ({ tenant, ada }) => tenant.restore(ada)],
    ["the purge of a live user", ({ tenant, ada }) => tenant.purge(ada)],
  ])("refuses %s", (_, act) => {
    expect(() => act(openScene())).toThrow(
      expect.objectContaining({ name: "DirectoryError", code: "WrongState" }) as Error,
    )
  })
})

describe("the recycle bin: groups", () => {
  it("GRAPH-211 takes security groups too, and restores them with their members", () => {
    const { tenant, ada } = openScene()
    const group = tenant.createGroup({ displayName: "G" }, { members: [ada] })
    tenant.deleteGroup(group)
    expect([...tenant.groups()]).toEqual([])
    expect(Array.from(tenant.deletedGroups(), ({ id }) => id)).toEqual([group.id])
    expect(tenant.restore(group)).toEqual(group)
    expect(tenant.memberCount(group)).toBe(1)
  })

  it("GRAPH-211 by option lets security groups go at once, and keeps Microsoft 365 groups", () => {
    const { tenant } = openScene({ securityGroupsRestorable: false })
    const security = tenant.createGroup({ displayName: "S" })
    const unified = tenant.createGroup({ displayName: "U", groupTypes: ["Unified"], mailEnabled: true })
    tenant.deleteGroup(security)
    tenant.deleteGroup(unified)
    expect(tenant.group(security.id)).toBeUndefined()
    expect(tenant.group(unified.id)?.deletedAtMs).toBe(0)
  })
})
