/** A create that was applied and whose answer never came, whatever becomes of the person meanwhile. */
import { describe, expect, it } from "vitest"
import type { User } from "../directory/model.ts"
import { breakNext, isProbe, problem, respond } from "./fake-target.fixture.ts"
import { createWorld, type World } from "./job.fixture.ts"

/** Ada was created in the target, which has her as u1, and the job has not heard of it. */
async function worldWithLostCreate(): Promise<World & { user: User }> {
  const world = createWorld()
  const user = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
  world.application.assign(user)
  breakNext(world.target, "POST", /Users/, true)
  await world.job.start()
  expect(world.target.resources.get("u1")).toMatchObject({ active: true })
  expect(world.job.link("User", user.id)).toBeNull()
  world.target.take()
  return { ...world, user }
}

const search = (alias: string): string => `GET /Users?filter=userName+eq+%22${alias}%40orchard.example%22`

describe("a lost answer to a create", () => {
  it("RES-03 in scope under the same name: found by one search, linked", async () => {
    const world = await worldWithLostCreate()
    await world.clock.advance({ minutes: 40 })
    expect(world.target.take()).toEqual([search("ada")])
    expect(world.job.link("User", world.user.id)).toMatchObject({ targetId: "u1", state: "active" })
  })

  it("RES-03 renamed meanwhile: found by the name that was sent, renamed, not doubled", async () => {
    const world = await worldWithLostCreate()
    world.tenant.update(world.user, { userPrincipalName: "countess@orchard.example" })
    await world.clock.advance({ minutes: 40 })
    expect(world.target.take()[0]).toBe(search("ada"))
    expect([...world.target.resources.values()]).toMatchObject([{ id: "u1", userName: "countess@orchard.example" }])
  })

  it("RES-03 a group with members: found, its members written, and nothing left to retry", async () => {
    const world = createWorld()
    const ada = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
    const pickers = world.tenant.createGroup({ displayName: "Pickers" }, { members: [ada] })
    world.application.assign(pickers)
    breakNext(world.target, "POST", /Groups$/, true)
    await world.job.start()
    expect(world.job.escrows()).toMatchObject([{ objectType: "Group" }])
    await world.clock.advance({ minutes: 40 })
    expect([...world.target.resources.keys()]).toEqual(["u1", "g1"])
    expect(world.target.take().at(-1)).toMatch(/^PATCH \/Groups\/g1/)
    expect(world.job.escrows()).toEqual([])
  })

  it.each([
    ["unassigned", (world: World & { user: User }) => world.application.unassign(world.user)],
    ["blocked", (world: World & { user: User }) => void world.tenant.disable(world.user)],
    ["deleted", (world: World & { user: User }) => void world.tenant.softDelete(world.user)],
  ])("RES-03 %s meanwhile: found and disabled, nobody who left stays active", async (_how, leave) => {
    const world = await worldWithLostCreate()
    leave(world)
    await world.clock.advance({ minutes: 40 })
    expect(world.target.resources.get("u1")).toMatchObject({ active: false })
    expect(world.job.escrows()).toEqual([])
  })

  it("RES-03 purged meanwhile: found and deleted", async () => {
    const world = await worldWithLostCreate()
    world.tenant.softDelete(world.user)
    world.tenant.purge(world.user)
    await world.clock.advance({ minutes: 40 })
    expect(world.target.take()).toEqual([search("ada"), "DELETE /Users/u1"])
  })

  it("RES-03 somebody else took the name and the account meanwhile: it is theirs", async () => {
    const world = await worldWithLostCreate()
    world.tenant.update(world.user, { userPrincipalName: "countess@orchard.example" })
    world.application.unassign(world.user)
    const other = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada B." })
    world.application.assign(other)
    // The first one's turn comes once the other is linked.
    await world.job.provisionOnDemand(other)
    await world.clock.advance({ minutes: 40 })
    expect(world.job.link("User", other.id)).toMatchObject({ targetId: "u1" })
    expect(world.target.resources.get("u1")).toMatchObject({ active: true, displayName: "Ada B." })
  })

  it("a create that was refused leaves nothing to look for", async () => {
    const world = createWorld()
    const user = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
    world.application.assign(user)
    world.target.intercept = ({ method }) => (method === "POST" ? respond(400, problem(400)) : undefined)
    await world.job.start()
    world.application.unassign(user)
    world.target.take()
    await world.clock.advance({ minutes: 40 })
    expect(world.target.take()).toEqual([])
  })
})

/** The token is refused from the request on that creates Bob. */
function refuseFromBobOn({ target }: World): void {
  let isRefusing = false
  target.intercept = (request) => {
    if (request.body?.includes("bob") === true) isRefusing = true
    return isRefusing ? respond(401, problem(401)) : undefined
  }
}

describe("an initial cycle that broke off", () => {
  it("ENG-JOB-03 ENG-DELTA-06 goes on with the delta that it began: who left meanwhile is disabled in the end", async () => {
    const world = createWorld()
    const [ada, bob] = ["ada", "bob"].map((name) =>
      world.tenant.createUser({ userPrincipalName: `${name}@orchard.example`, displayName: name }),
    )
    if (ada === undefined || bob === undefined) throw new Error("there are two")
    world.application.assign(ada, bob)
    refuseFromBobOn(world)
    await world.job.start()
    expect(world.job.condition().code).toBe("Quarantine")
    world.tenant.softDelete(ada)
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 30 })
    expect(world.job.cycles().map((cycle) => `${cycle.kind} ${cycle.state}`)).toEqual([
      "initial Failed",
      "initial Succeeded",
    ])
    await world.clock.advance({ minutes: 40 })
    expect(world.target.resources.get("u1")).toMatchObject({ userName: "ada@orchard.example", active: false })
    expect(world.target.resources.get("u2")).toMatchObject({ userName: "bob@orchard.example", active: true })
  })

  it("ENG-JOB-03 an attempt in between that looked at nothing does not make it forget where it began", async () => {
    const world = createWorld()
    const ada = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
    const bob = world.tenant.createUser({ userPrincipalName: "bob@orchard.example", displayName: "Bob" })
    world.application.assign(ada, bob)
    refuseFromBobOn(world)
    await world.job.start()
    world.tenant.softDelete(ada)
    await world.clock.advance({ minutes: 30 })
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 60 })
    expect(world.job.cycles().map(({ state, counts }) => `${state} ${counts.imported}`)).toEqual([
      "Failed 2",
      "Failed 0",
      "Succeeded 1",
    ])
    await world.clock.advance({ minutes: 40 })
    expect(world.target.resources.get("u1")).toMatchObject({ userName: "ada@orchard.example", active: false })
  })

  it("ENG-DELTA-06 one that looked at nothing begins afresh", async () => {
    const world = createWorld()
    const ada = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
    world.application.assign(ada)
    world.target.intercept = () => respond(401, problem(401))
    await world.job.start()
    world.tenant.update(ada, { jobTitle: "Picker" })
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 30 })
    world.target.take()
    await world.clock.advance({ minutes: 40 })
    expect(world.target.requests.filter((request) => !isProbe(request)).map(({ method }) => method)).toEqual([
      "GET",
      "POST",
    ])
  })
})
