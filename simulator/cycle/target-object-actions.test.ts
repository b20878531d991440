/** Target object actions: which of create, update and delete an object type is allowed (ENG-MAP-01, WIRE-187). */
import { describe, expect, it } from "vitest"
import { defaultMappings } from "../mapping/defaults.ts"
import type { ObjectAction, ProvisioningMappings } from "../mapping/model.ts"
import { createWorld, person, type World } from "./job.fixture.ts"

function allowing(actions: readonly ObjectAction[]): ProvisioningMappings {
  const { user, group } = defaultMappings()
  return { user: { ...user, actions }, group: { ...group, actions } }
}

/**
 * Everything that asks for a write: Ada and her group are in the target already, Bob is new; Ada's title changes, the group gets
 * another name, then both are gone for good. Gives the methods that were sent, by object type.
 */
async function writesOf(actions: readonly ObjectAction[]): Promise<string[]> {
  const world: World = createWorld({ mappings: allowing(actions) })
  const { tenant, application, job, clock, target } = world
  const [ada, bob] = [person(world, "ada"), person(world, "bob")]
  const group = tenant.createGroup({ displayName: "Pickers" })
  target.resources.set("u9", { id: "u9", userName: "ada@orchard.example", active: true, displayName: "Ada" })
  target.resources.set("g9", { id: "g9", displayName: "Pickers" })
  application.assign(ada, bob, group)
  await job.start()
  expect(job.link("User", ada.id)?.targetId).toBe("u9")
  tenant.update(ada, { jobTitle: "Picker" })
  tenant.renameGroup(group, "Fruit pickers")
  await clock.advance({ minutes: 40 })
  tenant.softDelete(ada)
  tenant.deleteGroup(group)
  await clock.advance({ minutes: 40 })
  tenant.purge(ada)
  await clock.advance({ minutes: 40 })
  const writes = target.requests.filter(({ method }) => method !== "GET")
  const kinds = writes.map(({ method, url }) => `${method} ${/Users|Groups/.exec(url)?.[0] ?? ""}`)
  return [...new Set(kinds)].toSorted()
}

describe("what is sent", () => {
  it.each([
    [
      ["Add", "Update", "Delete"],
      ["DELETE Groups", "DELETE Users", "PATCH Groups", "PATCH Users", "POST Users"],
    ],
    [
      ["Update", "Delete"],
      ["DELETE Groups", "DELETE Users", "PATCH Groups", "PATCH Users"],
    ],
    [["Update"], ["PATCH Groups", "PATCH Users"]],
    [["Add"], ["POST Users"]],
    [["Delete"], ["DELETE Groups", "DELETE Users"]],
    [[], []],
  ] as const)("ENG-MAP-01 WIRE-187 with %j: %j, and nothing else", async (actions, writes) => {
    expect(await writesOf(actions)).toEqual(writes)
  })
})

it("ENG-MAP-01 without Add an existing account is linked and updated, and nobody is created", async () => {
  const world = createWorld({ mappings: allowing(["Update"]) })
  const [ada, bob] = [person(world, "ada"), person(world, "bob")]
  world.target.resources.set("u9", { id: "u9", userName: "ada@orchard.example" })
  world.application.assign(ada, bob)
  await world.job.start()
  expect(world.target.resources.get("u9")).toMatchObject({ displayName: "Ada", externalId: "ada", active: true })
  expect(world.job.links().map(({ targetId }) => targetId)).toEqual(["u9"])
  const [skipped] = world.job.log({ sourceId: bob.id })
  expect(skipped).toMatchObject({ provisioningAction: "create", provisioningStatusInfo: { status: "skipped" } })
})

it("ENG-MAP-01 ENG-REF-01 without Update neither managers nor members are sent, and all of them once it is ticked again", async () => {
  const world = createWorld({ mappings: allowing(["Add"]) })
  const { tenant, application, job, target, clock } = world
  const [ada, bob] = [person(world, "ada"), person(world, "bob")]
  const group = tenant.createGroup({ displayName: "Pickers" }, { members: [ada] })
  tenant.setManager(bob, ada)
  application.assign(ada, bob, group)
  await job.start()
  expect(target.requests.filter(({ method }) => method === "PATCH")).toEqual([])
  tenant.addMember(group, bob)
  await clock.advance({ minutes: 40 })
  expect(target.resources.get("g1")?.["members"]).toBeUndefined()
  job.updateMappings(allowing(["Add", "Update"]))
  await clock.advance({ minutes: 40 })
  expect(target.resources.get("g1")?.["members"]).toEqual(["u1", "u2"])
  expect(target.resources.get("u2")).toMatchObject({
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { manager: { value: "u1" } },
  })
})
