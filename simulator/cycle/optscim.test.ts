/** A person and a group through a job whose Tenant URL carries the flag: the same story as in the default dialect, other PATCHes. */
import { expect, it } from "vitest"
import { createWorld, type World } from "./job.fixture.ts"

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

/** The operations of the PATCHes that the next cycle sends, each with its resource. */
async function patches({ clock, target }: World): Promise<string[]> {
  await clock.advance({ minutes: 40 })
  return target
    .take()
    .filter((line) => line.startsWith("PATCH"))
    .map((line) => line.replace(/^PATCH (\S+) .*"Operations":(.*)\}$/, "$1 $2"))
}

it("WIRE-116 to WIRE-122 the life of a person in the flag dialect", async () => {
  const world = createWorld({ dialect: "entra-optscim" })
  const { tenant, application, job } = world
  const lena = tenant.createUser({
    userPrincipalName: "lena.fischer@orchard.example",
    displayName: "Lena Fischer",
    givenName: "Lena",
    surname: "Fischer",
    mail: "lena.fischer@orchard.example",
  })
  application.assign(lena)
  await job.start()
  world.target.take()

  tenant.update(lena, { surname: "Roth", mail: "lena.roth@orchard.example" })
  expect(await patches(world)).toEqual([
    '/Users/u1 [{"op":"replace","path":"emails[type eq \\"work\\"].value","value":"lena.roth@orchard.example"},{"op":"replace","value":{"name.familyName":"Roth","name.formatted":"Lena Roth"}}]',
  ])
  tenant.update(lena, { department: "Cider" })
  expect(await patches(world)).toEqual([`/Users/u1 [{"op":"add","path":"${ENTERPRISE}:department","value":"Cider"}]`])
  tenant.update(lena, { displayName: "Lena Roth" })
  expect(await patches(world)).toEqual(['/Users/u1 [{"op":"replace","value":{"displayName":"Lena Roth"}}]'])
  tenant.disable(lena)
  expect(await patches(world)).toEqual(['/Users/u1 [{"op":"replace","path":"active","value":false}]'])
  tenant.enable(lena)
  tenant.update(lena, { displayName: "Lena R" })
  expect(await patches(world)).toEqual(['/Users/u1 [{"op":"replace","value":{"active":true,"displayName":"Lena R"}}]'])

  const boss = tenant.createUser({ userPrincipalName: "boss@orchard.example", displayName: "Boss" })
  application.assign(boss)
  tenant.setManager(lena, boss)
  expect(await patches(world)).toEqual([`/Users/u1 [{"op":"add","path":"${ENTERPRISE}:manager","value":"u2"}]`])
  tenant.setManager(lena, null)
  expect(await patches(world)).toEqual([`/Users/u1 [{"op":"replace","path":"${ENTERPRISE}:manager","value":""}]`])
})

it("WIRE-165 WIRE-167 WIRE-170 the life of a group in the flag dialect", async () => {
  const world = createWorld({ dialect: "entra-optscim" })
  const { tenant, application, job } = world
  const lena = tenant.createUser({ userPrincipalName: "lena@orchard.example", displayName: "Lena" })
  const group = tenant.createGroup({ displayName: "Pickers" })
  application.assign(group, lena)
  await job.start()
  world.target.take()

  tenant.addMember(group, lena)
  expect(await patches(world)).toEqual(['/Groups/g1 [{"op":"add","path":"members","value":[{"value":"u1"}]}]'])
  tenant.renameGroup(group, "Fruit pickers")
  expect(await patches(world)).toEqual(['/Groups/g1 [{"op":"replace","value":{"displayName":"Fruit pickers"}}]'])
  tenant.removeMember(group, lena)
  expect(await patches(world)).toEqual(['/Groups/g1 [{"op":"remove","path":"members[value eq \\"u1\\"]"}]'])
  expect(world.target.resources.get("g1")).toMatchObject({ displayName: "Fruit pickers", members: [] })
})

it("WIRE-004 the flag in the Tenant URL chooses the dialect and never travels (WIRE-015)", async () => {
  const world = createWorld({ baseUrl: "https://scim.test/v2/?aadOptscim062020", dialect: undefined })
  expect(world.job.dialect).toBe("entra-optscim")
  await world.job.start()
  expect(world.target.requests.filter(({ url }) => url.includes("aadOptscim"))).toEqual([])
  expect(world.target.requests[0]?.url.startsWith("https://scim.test/v2/Users?filter=")).toBe(true)
})
