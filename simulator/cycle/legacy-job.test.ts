/** Jobs from before December 2018 (WIRE-008). */
import { expect, it } from "vitest"
import { defaultMappings } from "../mapping/defaults.ts"
import { createWorld, person, type World } from "./job.fixture.ts"

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
const URL = "https://scim.test/scim/v2"

function legacyWorld(baseUrl = URL, dialect: "entra" | "entra-optscim" = "entra"): World {
  return createWorld({ baseUrl, dialect, settings: { wire: { generation: "customappsso" } } })
}

it("WIRE-008 the job's id begins with customappsso, a new one's with scim", () => {
  expect(legacyWorld().job.id).toMatch(/^customappsso\.[0-9a-f]{32}\.[0-9a-f-]{36}$/)
  expect(createWorld().job.id).toMatch(/^scim\./)
})

it("WIRE-008 it needs /scim at the root of the URL, also of a later one", () => {
  for (const url of ["https://scim.test/v2", "https://scim.test/scimulate/v2"]) {
    expect(() => legacyWorld(url)).toThrow("needs /scim at the root of the Tenant URL")
  }
  expect(() => legacyWorld().job.updateCredentials({ baseUrl: "https://scim.test/v2" })).toThrow("needs /scim")
  expect(() => legacyWorld("https://scim.test/scim")).not.toThrow()
})

it("WIRE-008 a dot before attributes of an extension, an invalid filter in paths, and a schema of Microsoft's own for groups", async () => {
  const world = legacyWorld()
  const [user, manager] = [person(world, "ada"), person(world, "bob")]
  const group = world.tenant.createGroup({ displayName: "Pickers" }, { members: [user] })
  world.application.assign(user, manager, group)
  await world.job.start()
  world.tenant.update(user, { department: "Cider", mail: "ada@orchard.example" })
  world.tenant.setManager(user, manager)
  world.target.take()
  await world.clock.advance({ minutes: 40 })
  const operations = world.target.requests
    .filter(({ method, url }) => method === "PATCH" && url.endsWith("/Users/u1"))
    .flatMap(({ body }) => (JSON.parse(body ?? "") as { Operations: unknown[] }).Operations)
  expect(operations).toEqual([
    { op: "Add", path: "emails[type eq work].value", value: "ada@orchard.example" },
    { op: "Add", path: `${ENTERPRISE}.department`, value: "Cider" },
    { op: "Add", path: `${ENTERPRISE}.manager`, value: "u2" },
  ])
  const created = world.target.requests.find(({ method, url }) => method === "POST" && url.endsWith("/Groups"))
  expect(JSON.parse(created?.body ?? "")).toMatchObject({
    schemas: [
      "urn:ietf:params:scim:schemas:core:2.0:Group",
      "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group",
    ],
  })
})

it("WIRE-008 searches by an extension's attribute have the dot too", async () => {
  const { user, group } = defaultMappings()
  const attributes = user.attributes.map((row) => ({
    ...row,
    matchingPriority: row.target === `${ENTERPRISE}:employeeNumber` ? 1 : 0,
  }))
  const world = createWorld({
    baseUrl: URL,
    settings: { wire: { generation: "customappsso" } },
    mappings: { user: { ...user, attributes }, group },
  })
  await world.job.start()
  expect(decodeURIComponent(world.target.requests[0]?.url ?? "")).toContain(`${ENTERPRISE}.employeeNumber+eq+"`)
})
