/** Faults of the engine that random histories brought to light (test/model/), each shrunk to its core. */
import { describe, expect, it } from "vitest"
import type { Group, User } from "../directory/model.ts"
import { breakNext, problem, respond } from "./fake-target.fixture.ts"
import { createProvisioningJob } from "./job.ts"
import { createWorld, type World } from "./job.fixture.ts"
import type { GivenSettings } from "./settings.ts"

interface Company extends World {
  readonly people: Readonly<Record<"ada" | "bob", User>>
  readonly pickers: Group
}

/** Ada, who is Bob's manager, and Bob, who is in a group; all assigned and provisioned as u1, u2 and g1. */
async function company(settings: GivenSettings = {}): Promise<Company> {
  const world = createWorld({ settings })
  const { tenant, application } = world
  const person = (name: string): User =>
    tenant.createUser({ userPrincipalName: `${name}@orchard.example`, displayName: name })
  const people = { ada: person("ada"), bob: person("bob") }
  const pickers = tenant.createGroup({ displayName: "Pickers" }, { members: [people.bob] })
  tenant.setManager(people.bob, people.ada)
  application.assign(people.ada, people.bob, pickers)
  await world.job.start()
  world.target.take()
  return { ...world, people, pickers }
}

const CYCLE = { minutes: 40 }
const MANAGER = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"

describe("links", () => {
  it("ENG-MATCH-05 an account taken over from somebody deleted for good is not deleted with them", async () => {
    const { tenant, application, job, target, clock, people } = await company()
    tenant.softDelete(people.ada)
    await clock.advance(CYCLE)
    // In this order the cycle looks at them: the heir finds the account, and then the deletion is seen.
    const heir = tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada the younger" })
    application.assign(heir)
    tenant.purge(people.ada)
    await clock.advance(CYCLE)
    const link = job.link("User", heir.id)
    expect(target.resources.get(link?.targetId ?? "")).toMatchObject({ displayName: "Ada the younger", active: true })
    expect(job.links().filter(({ targetId }) => targetId === link?.targetId)).toHaveLength(1)
  })

  it("ENG-MATCH-05 of two groups of one name, matched at the same time, one is linked", async () => {
    const { tenant, application, job, pickers } = await company({ parallel: 4 })
    const other = tenant.createGroup({ displayName: "Pickers" })
    application.assign(other)
    await job.restart(["Full"])
    const links = [job.link("Group", pickers.id), job.link("Group", other.id)]
    expect(links.filter((link) => link !== null)).toHaveLength(1)
    expect(job.escrows()).toMatchObject([{ errorCode: "DuplicateSourceEntries" }])
  })

  it("ENG-MATCH-05 a group found by its name before its own create was answered belongs to one of two", async () => {
    const { tenant, application, target, options } = createWorld({ settings: { parallel: 2 } })
    const groups = [1, 2].map(() => tenant.createGroup({ displayName: "Pickers" }))
    application.assign(...groups)
    const ticks = async (): Promise<void> => {
      for (let tick = 0; tick < 20; tick += 1) await Promise.resolve()
    }
    let searches = 0
    const job = createProvisioningJob({
      ...options,
      // The second search comes after the create and is answered before it.
      async transport(request) {
        if (request.url.includes("Pickers") && (searches += 1) > 1)
          for (let wait = 0; wait < 2; wait += 1) await ticks()
        const response = await target.transport(request)
        if (request.method === "POST") for (let wait = 0; wait < 9; wait += 1) await ticks()
        return response
      },
    })
    await job.start()
    expect([...target.resources.keys()]).toEqual(["g1"])
    expect(job.links()).toHaveLength(1)
    expect(job.escrows()).toMatchObject([{ errorCode: "DuplicateSourceEntries" }])
    job.close()
  })
})

describe("references", () => {
  it("ENG-RETRY-05 a membership that changed while its group could not be read is sent with the retry", async () => {
    const world = await company()
    const { tenant, target, clock, people, pickers } = world
    tenant.removeMember(pickers, people.bob)
    breakNext(world.target, "GET", /\/Groups\/g1$/, false)
    await clock.advance(CYCLE)
    expect(target.resources.get("g1")?.["members"]).toEqual(["u2"])
    await clock.advance(CYCLE)
    expect(target.resources.get("g1")?.["members"]).toEqual([])
  })

  it("ENG-REF-09 who could not be read on their return can be referred to all the same", async () => {
    const world = await company()
    const { application, target, clock, people, pickers, tenant } = world
    application.unassign(people.ada)
    await clock.advance(CYCLE)
    application.assign(people.ada)
    tenant.addMember(pickers, people.ada)
    breakNext(world.target, "GET", /\/Users\/u1$/, false)
    await clock.advance(CYCLE)
    await clock.advance(CYCLE)
    expect(target.resources.get("g1")?.["members"]).toEqual(["u2", "u1"])
  })

  it("decision 0011 a manager who changed while the person was blocked is sent when they come back", async () => {
    const { tenant, target, clock, people } = await company()
    const cleo = tenant.createUser({ userPrincipalName: "cleo@orchard.example", displayName: "cleo" })
    tenant.addMember(tenant.createGroup({ displayName: "Others" }), cleo)
    tenant.setManager(people.bob, null)
    tenant.disable(people.bob)
    await clock.advance(CYCLE)
    target.take()
    tenant.enable(people.bob)
    await clock.advance(CYCLE)
    expect(target.take().filter((line) => line.includes(MANAGER))).toEqual([
      expect.stringContaining(`{"op":"Replace","path":"${MANAGER}","value":""}`),
    ])
  })

  it("decision 0011 ENG-DEL-07 who left a group while its deletion was held back is taken out once that is undone", async () => {
    const { tenant, application, target, clock, people, pickers } = await company({ deleteThreshold: 0 })
    application.unassign(pickers)
    tenant.removeMember(pickers, people.bob)
    await clock.advance(CYCLE)
    expect(target.resources.get("g1")?.["members"]).toEqual(["u2"])
    application.assign(pickers)
    await clock.advance({ hours: 1 })
    expect(target.resources.get("g1")?.["members"]).toEqual([])
  })

  it("ENG-DEPROV-01 nobody who leaves is added to a group while their disable fails", async () => {
    const world = await company()
    const { tenant, target, clock, people, pickers } = world
    tenant.disable(people.ada)
    tenant.addMember(pickers, people.ada)
    breakNext(world.target, "PATCH", /\/Users\/u1$/, false)
    await clock.advance(CYCLE)
    expect(target.resources.get("g1")?.["members"]).toEqual(["u2"])
  })

  it("ENG-DELTA-02 a group restored after a fresh delta has missed its deletion loses who left it before", async () => {
    const { tenant, target, job, clock, people, pickers } = await company()
    tenant.removeMember(pickers, people.bob)
    tenant.deleteGroup(pickers)
    await job.restart()
    tenant.restore(pickers)
    await clock.advance(CYCLE)
    expect(target.resources.get("g1")?.["members"]).toEqual([])
  })

  it("ENG-DELTA-05 a member who came in the middle of a cycle and left before the next is taken out", async () => {
    const { tenant, application, target, clock, people } = await company()
    const sorters = tenant.createGroup({ displayName: "Sorters" })
    application.assign(sorters)
    target.intercept = (request) => {
      if (request.method !== "POST" || !request.url.endsWith("/Groups")) return undefined
      target.intercept = undefined
      tenant.addMember(sorters, people.ada)
      return undefined
    }
    await clock.advance(CYCLE)
    expect(target.resources.get("g2")?.["members"]).toEqual(["u1"])
    tenant.removeMember(sorters, people.ada)
    await clock.advance(CYCLE)
    expect(target.resources.get("g2")?.["members"]).toEqual([])
  })

  it("ENG-POD-08 a group that was provisioned on demand does not get the same member again with the next cycle", async () => {
    const { tenant, application, job, target, clock, people } = await company()
    const sorters = tenant.createGroup({ displayName: "Sorters" }, { members: [people.ada] })
    application.assign(sorters)
    await job.provisionOnDemand({ group: sorters, members: [people.ada] })
    expect(target.resources.get("g2")?.["members"]).toEqual(["u1"])
    target.take()
    await clock.advance(CYCLE)
    expect(target.take().filter((line) => line.startsWith("PATCH"))).toEqual([])
  })
})

describe("provision on demand after a failure", () => {
  it("ENG-POD-02 ENG-RETRY-05 members that were not chosen are still sent with the retry of the group", async () => {
    const { tenant, application, job, target, clock, people, pickers } = await company()
    const cleo = tenant.createUser({ userPrincipalName: "cleo@orchard.example", displayName: "cleo" })
    application.assign(cleo)
    tenant.update(pickers, { displayName: "Sorters" })
    tenant.addMember(pickers, people.ada)
    tenant.addMember(pickers, cleo)
    const toGroup = (method: string, url: string): boolean => method === "PATCH" && url.includes("/Groups/")
    target.intercept = ({ method, url }) => (toGroup(method, url) ? respond(400, problem(400)) : undefined)
    await clock.advance(CYCLE)
    target.intercept = undefined
    await job.provisionOnDemand({ group: pickers, members: [people.ada] })
    expect(target.resources.get("g1")).toMatchObject({ displayName: "Sorters", members: ["u2", "u1"] })
    await clock.advance({ hours: 12 })
    expect(target.resources.get("g1")).toMatchObject({ members: ["u2", "u1", "u3"] })
    expect(job.escrows()).toEqual([])
  })

  it("ENG-RETRY-05 who fails again is still tried again, although their manager is in step", async () => {
    const { tenant, job, target, clock, people } = await company()
    tenant.update(people.bob, { displayName: "Robert" })
    target.intercept = ({ method, body }) =>
      method === "PATCH" && body?.includes("Robert") === true ? respond(400, problem(400)) : undefined
    await clock.advance(CYCLE)
    await job.provisionOnDemand(people.bob)
    expect(job.escrows()).toMatchObject([{ objectId: people.bob.id, kind: "object" }])
    target.intercept = undefined
    await clock.advance({ hours: 12 })
    expect(target.resources.get("u2")).toMatchObject({ displayName: "Robert" })
  })

  it("ENG-POD-02 nothing is left to retry where all were chosen", async () => {
    const { tenant, job, target, clock, people, pickers } = await company()
    tenant.addMember(pickers, people.ada)
    target.intercept = ({ method }) => (method === "PATCH" ? respond(400, problem(400)) : undefined)
    await clock.advance(CYCLE)
    expect(job.escrows()).toHaveLength(1)
    target.intercept = undefined
    await job.provisionOnDemand({ group: pickers, members: [people.ada] })
    expect(job.escrows()).toEqual([])
  })
})

describe("answers that were not heard", () => {
  it("ENG-REF-10 a member whose addition was lost is taken out all the same", async () => {
    const world = await company()
    const { tenant, target, clock, people, pickers } = world
    tenant.addMember(pickers, people.ada)
    breakNext(world.target, "PATCH", /\/Groups\/g1$/, true)
    await clock.advance(CYCLE)
    expect(target.resources.get("g1")?.["members"]).toEqual(["u2", "u1"])
    tenant.removeMember(pickers, people.ada)
    await clock.advance(CYCLE)
    expect(target.resources.get("g1")?.["members"]).toEqual(["u2"])
  })

  it("ENG-REF-10 a member whose addition was refused is not taken out", async () => {
    const { tenant, target, clock, people, pickers } = await company()
    tenant.addMember(pickers, people.ada)
    target.intercept = (request) =>
      request.method === "PATCH" && request.url.includes("/Groups/") ? respond(400, problem(400)) : undefined
    await clock.advance(CYCLE)
    target.intercept = undefined
    tenant.removeMember(pickers, people.ada)
    target.take()
    await clock.advance(CYCLE)
    expect(target.take().filter((line) => line.startsWith("PATCH"))).toEqual([])
  })

  it("ENG-REF-10 a member whose removal was lost, and who is back by the next cycle, is sent again", async () => {
    const world = await company()
    const { tenant, target, clock, people, pickers } = world
    tenant.removeMember(pickers, people.bob)
    breakNext(world.target, "PATCH", /Groups/, true)
    await clock.advance(CYCLE)
    expect(target.resources.get("g1")).toMatchObject({ members: [] })
    tenant.addMember(pickers, people.bob)
    await clock.advance(CYCLE)
    expect(target.resources.get("g1")).toMatchObject({ members: ["u2"] })
  })

  it("ENG-REF-10 a member whose removal was refused, and who is back by the next cycle, is not sent again", async () => {
    const { tenant, target, clock, people, pickers } = await company()
    tenant.removeMember(pickers, people.bob)
    target.intercept = ({ method }) => (method === "PATCH" ? respond(400, problem(400)) : undefined)
    await clock.advance(CYCLE)
    target.intercept = undefined
    target.take()
    tenant.addMember(pickers, people.bob)
    await clock.advance(CYCLE)
    expect(target.take().filter((line) => line.startsWith("PATCH"))).toEqual([])
    expect(target.resources.get("g1")).toMatchObject({ members: ["u2"] })
  })

  it("RES-01 a manager whose answer was lost is taken back all the same", async () => {
    const world = await company()
    const { tenant, target, clock, people } = world
    tenant.setManager(people.ada, people.bob)
    breakNext(world.target, "PATCH", /\/Users\/u1$/, true)
    await clock.advance(CYCLE)
    tenant.setManager(people.ada, null)
    target.take()
    await clock.advance(CYCLE)
    expect(target.take().filter((line) => line.includes(MANAGER))).toEqual([
      expect.stringContaining(`{"op":"Replace","path":"${MANAGER}","value":""}`),
    ])
  })
})
