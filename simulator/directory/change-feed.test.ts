import * as fc from "fast-check"
import { describe, expect, it } from "vitest"

import { VirtualClock } from "../clock.ts"
import { createIdSource, createRandom } from "../random.ts"
import type { GroupRef, User } from "./model.ts"
import { createTenant } from "./tenant.ts"
import type { Tenant } from "./tenant-interface.ts"

function openTenant(clock = new VirtualClock(0)): Tenant {
  const random = createRandom(1)
  return createTenant({ clock, random, ids: createIdSource(random) })
}

function newUser(tenant: Tenant, alias: string): User {
  return tenant.createUser({ userPrincipalName: `${alias}@contoso.example`, displayName: alias })
}

/** What happened since, as `name: kinds (attributes)`, in the feed's order. */
function story(tenant: Tenant, since: number, until?: number): string[] {
  return Array.from(tenant.changesSince(since, until), ({ objectType, objectId, kinds, attributes }) => {
    const object = objectType === "User" ? tenant.user(objectId) : tenant.group(objectId)
    return `${object?.displayName ?? "purged"}: ${[...kinds].join(" ")} (${[...attributes].join(" ")})`
  })
}

function memberStory(tenant: Tenant, group: GroupRef, since: number, until?: number): string[] {
  return Array.from(
    tenant.memberChanges(group, since, until),
    ({ memberId, added }) => `${added ? "+" : "-"}${tenant.user(memberId)?.displayName}`,
  )
}

describe("the change feed", () => {
  it("stands where it stood when a transaction is undone in which it was read", () => {
    const tenant = openTenant()
    newUser(tenant, "ada")
    expect(tenant.watermark()).toBe(1)
    const fail = (): void =>
      tenant.transaction(() => {
        newUser(tenant, "bob")
        expect(tenant.watermark()).toBe(2)
        throw new Error("changed my mind")
      })
    expect(fail).toThrow("changed my mind")
    expect(tenant.watermark()).toBe(1)
    newUser(tenant, "cleo")
    expect([tenant.watermark(), story(tenant, 1)]).toEqual([2, ["cleo: created ()"]])
  })

  it("tells what happened after a watermark, one entry an object, with the attributes that changed", async () => {
    const clock = new VirtualClock(0)
    const tenant = openTenant(clock)
    const ada = newUser(tenant, "ada")
    const bob = newUser(tenant, "bob")
    const since = tenant.watermark()
    expect(since).toBe(2)
    await clock.advance({ minutes: 1 })
    tenant.update(bob, { city: "Ulm", surname: "B" })
    tenant.disable(ada)
    await clock.advance({ minutes: 1 })
    tenant.setManager(bob, ada)
    tenant.update(bob, { city: null })
    expect([...tenant.changesSince(since)]).toEqual([
      {
        objectType: "User",
        objectId: bob.id,
        kinds: new Set(["updated", "manager"]),
        attributes: new Set(["city", "surname", "manager"]),
        applicationIds: new Set(),
        firstSeq: 3,
        lastSeq: 6,
        lastAtMs: 120_000,
      },
      {
        objectType: "User",
        objectId: ada.id,
        kinds: new Set(["updated"]),
        attributes: new Set(["accountEnabled"]),
        applicationIds: new Set(),
        firstSeq: 4,
        lastSeq: 4,
        lastAtMs: 60_000,
      },
    ])
    expect([...tenant.changesSince(tenant.watermark())]).toEqual([])
  })

  it("ends at a second watermark where one is given", () => {
    const tenant = openTenant()
    const ada = newUser(tenant, "ada")
    const until = tenant.watermark()
    tenant.disable(ada)
    expect(story(tenant, 0, until)).toEqual(["ada: created ()"])
    expect(story(tenant, until)).toEqual(["ada: updated (accountEnabled)"])
  })

  it("does not tell what changed nothing", () => {
    const tenant = openTenant()
    const ada = tenant.createUser({
      userPrincipalName: "ada@contoso.example",
      displayName: "ada",
      otherMails: ["a@b.c"],
    })
    const since = tenant.watermark()
    tenant.update(ada, { displayName: "ada", city: null, otherMails: ["a@b.c"] })
    tenant.enable(ada)
    tenant.setManager(ada, null)
    expect(tenant.watermark()).toBe(since)
  })

  it("tells deletion, restoration and purge without counting the mangled name as a change", () => {
    const tenant = openTenant()
    const ada = newUser(tenant, "ada")
    const since = tenant.watermark()
    tenant.softDelete(ada)
    tenant.restore(ada)
    tenant.softDelete(ada)
    tenant.purge(ada)
    expect(story(tenant, since)).toEqual(["purged: softDeleted restored purged ()"])
  })

  it("ENG-DELTA-02 tells membership on the owner, ENG-DELTA-10 and nothing on the member", () => {
    const tenant = openTenant()
    const [ada, bob, eve] = ["ada", "bob", "eve"].map((alias) => newUser(tenant, alias)) as [User, User, User]
    const group = tenant.createGroup({ displayName: "G" }, { members: [eve] })
    const since = tenant.watermark()
    tenant.addMember(group, ada, bob)
    tenant.removeMember(group, eve, bob)
    tenant.renameGroup(group, "H")
    expect(story(tenant, since)).toEqual(["H: updated membership (displayName members)"])
    // Bob, who came and left, may have been seen in the group by whoever read it in between.
    expect(memberStory(tenant, group, since)).toEqual(["+ada", "-eve", "-bob"])
  })

  it("ENG-DELTA-08 tells a change of entitlement on the user, with the application", () => {
    const tenant = openTenant()
    const [ada, bob] = [newUser(tenant, "ada"), newUser(tenant, "bob")]
    const app = tenant.createApplication("App")
    const group = tenant.createGroup({ displayName: "G" }, { members: [bob] })
    const since = tenant.watermark()
    app.assign(ada, group)
    const changes = [...tenant.changesSince(since)]
    expect(story(tenant, since)).toEqual(["ada: assignment ()", "G: assignment ()", "bob: assignment ()"])
    expect(changes.map(({ applicationIds }) => applicationIds)).toEqual([1, 2, 3].map(() => new Set([app.id])))
  })

  it.each<[string, (scene: { tenant: Tenant; ada: User; group: GroupRef; unassign: () => void }) => void, string[]]>([
    [
      "a new member",
      ({ tenant, group }) => tenant.addMember(group, newUser(tenant, "new")),
      ["new: created assignment ()", "G: membership (members)"],
    ],
    [
      "a lost member",
      ({ tenant, group, ada }) => tenant.removeMember(group, ada),
      ["G: membership (members)", "ada: assignment ()"],
    ],
    [
      "an unassigned group",
      ({ unassign }) => unassign(),
      ["G: assignment ()", "ada: assignment ()", "bob: assignment ()"],
    ],
    [
      "an unassigned group that then loses a member",
      ({ tenant, group, ada, unassign }) => {
        unassign()
        tenant.removeMember(group, ada)
      },
      ["G: assignment membership (members)", "ada: assignment ()", "bob: assignment ()"],
    ],
    [
      "a deleted group",
      ({ tenant, group }) => tenant.deleteGroup(group),
      ["G: softDeleted ()", "ada: assignment ()", "bob: assignment ()"],
    ],
    [
      "a deleted group purged before anybody looked",
      ({ tenant, group }) => {
        tenant.deleteGroup(group)
        tenant.purge(group)
      },
      ["purged: softDeleted purged ()", "ada: assignment ()", "bob: assignment ()"],
    ],
    ["a deleted user", ({ tenant, ada }) => tenant.softDelete(ada), ["ada: softDeleted ()"]],
  ])("ENG-DELTA-08 on an assigned group tells the users of %s", (_, act, expected) => {
    const tenant = openTenant()
    const [ada, bob] = [newUser(tenant, "ada"), newUser(tenant, "bob")]
    const nested = tenant.createGroup({ displayName: "N" }, { members: [newUser(tenant, "nested")] })
    const group = tenant.createGroup({ displayName: "G" }, { members: [ada, bob, nested] })
    const app = tenant.createApplication("App")
    app.assign(group)
    const since = tenant.watermark()
    act({ tenant, ada, group, unassign: () => app.unassign(group) })
    expect(story(tenant, since)).toEqual(expected)
  })

  it("ENG-DELTA-08 says nothing of the entitlement of who is taken out of an assigned group while in the recycle bin", () => {
    const tenant = openTenant()
    const ada = newUser(tenant, "ada")
    const crew = tenant.createGroup({ displayName: "crew" }, { members: [ada] })
    tenant.createApplication("Orchard").assign(crew)
    tenant.softDelete(ada)
    const since = tenant.watermark()
    tenant.removeMember(crew, ada)
    expect(story(tenant, since)).toEqual(["crew: membership (members)"])
  })

  it("goes page by page, and may be read while the directory changes", () => {
    const tenant = openTenant()
    const people = tenant.createUsers(1234)
    const group = tenant.createGroup({ displayName: "G" })
    const since = tenant.watermark()
    for (const person of people) tenant.addMember(group, person)
    for (const person of people.toReversed()) tenant.update(person, { city: "Ulm" })
    const until = tenant.watermark()
    const seen: string[] = []
    for (const { objectId } of tenant.changesSince(since, until)) {
      seen.push(objectId)
      tenant.update(group, { description: `change ${seen.length}` })
    }
    expect(seen).toEqual([group.id, ...people.map(({ id }) => id).toReversed()])
    expect(Array.from(tenant.memberChanges(group, since, until), ({ memberId }) => memberId)).toEqual(
      people.map(({ id }) => id),
    )
  })

  it("leads from the members of then to those of now by membership changes, whatever happened in between", () => {
    const tenant = openTenant()
    const people = tenant.createUsers(3)
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 2 }), { maxLength: 12 }),
        fc.array(fc.nat({ max: 2 }), { maxLength: 12 }),
        (before, after) => {
          const group = tenant.createGroup({ displayName: "G" })
          const toggle = (index: number): void => {
            const person = people[index]
            if (person === undefined) return
            if (tenant.isMember(group, person)) tenant.removeMember(group, person)
            else tenant.addMember(group, person)
          }
          const membersNow = (): Set<string> => new Set(Array.from(tenant.members(group), ({ id }) => id))
          before.forEach(toggle)
          const since = tenant.watermark()
          const expected = membersNow()
          after.forEach(toggle)
          for (const { memberId, added } of tenant.memberChanges(group, since)) {
            if (added) expected.add(memberId)
            else expected.delete(memberId)
          }
          expect(membersNow()).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })

  it("says nothing of the members of a purged group", () => {
    const tenant = openTenant()
    const group = tenant.createGroup({ displayName: "G" }, { members: [newUser(tenant, "ada")] })
    tenant.deleteGroup(group)
    tenant.purge(group)
    expect([...tenant.memberChanges(group, 0)]).toEqual([])
  })
})
