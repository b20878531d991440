/** What the job reads of the directory. */
import { describe, expect, it } from "vitest"
import { defaultMappings } from "../mapping/defaults.ts"
import { changed } from "../mapping/schema-json/exported-schema.fixture.ts"
import { loadMappings } from "../mapping/schema-json/load.ts"
import { createWorld } from "./job.fixture.ts"

describe("attributes that the simulated directory does not keep", () => {
  it("MAP-126 are accepted in the schema of a real tenant that lists them, and read as empty in a cycle", async () => {
    const schema = changed((mapping, { directories }) => {
      Object.assign(directories[0]?.objects[0]?.attributes[1] ?? {}, { name: "employeeHireDate" })
      Object.assign(mapping.attributeMappings[2] ?? {}, { source: { name: "employeeHireDate", type: "Attribute" } })
      Object.assign(mapping, { scope: null })
    })
    const world = createWorld({ mappings: loadMappings(schema).mappings })
    const ada = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
    world.application.assign(ada)
    await world.job.start()
    expect(world.job.link("User", ada.id)).not.toBeNull()
    const [created] = [...world.target.resources.values()]
    expect(created).toMatchObject({ userName: "ada@orchard.example", locale: "en_US" })
    expect(created).not.toHaveProperty("title")
  })

  it("ENG-FILTER-04 fail every clause of a scoping filter but IS NULL", async () => {
    const scopeOf = (operator: string, values: readonly string[]) => {
      const { user, group } = defaultMappings()
      const scope = [{ name: "F", clauses: [{ attribute: "employeeType", operator, values }] }]
      return { user: { ...user, scope, unkeptAttributes: ["employeeType"] }, group }
    }
    for (const [operator, values, isCreated] of [
      ["EQUALS", ["Worker"], false],
      ["IS NULL", [], true],
    ] as const) {
      const world = createWorld({ mappings: scopeOf(operator, values) })
      const ada = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
      world.application.assign(ada)
      await world.job.start()
      expect(world.job.link("User", ada.id) !== null).toBe(isCreated)
    }
  })
})

it("ENG-JOB-07 ENG-LOG-01 the job's id and its log name the tenant", async () => {
  const { tenant, application, job } = createWorld()
  application.assign(tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" }))
  await job.start()
  expect(job.id.split(".").slice(0, 2)).toEqual(["scim", tenant.id.replaceAll("-", "")])
  expect(job.log().map((entry) => entry.tenantId)).toEqual([tenant.id])
})
