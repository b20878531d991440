/** Schema discovery of gallery applications (WIRE-065, -066, -069, MAP-408). */
import { describe, expect, it } from "vitest"
import { type DiscoveredTargets, interpretSchemas } from "../dialect/discovery.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import { addTargets } from "../mapping/schema-json/add-targets.ts"
import { loadMappings } from "../mapping/schema-json/load.ts"
import { saveMappings } from "../mapping/schema-json/save.ts"
import { respond, unauthorized } from "./fake-target.fixture.ts"
import { worldWithAda, type World } from "./job.fixture.ts"

const USER = "urn:ietf:params:scim:schemas:core:2.0:User"
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"

const simple = (name: string, type = "string") => ({ name, type, multiValued: false })
const SCHEMAS = [
  {
    id: USER,
    attributes: [
      simple("userName"),
      { name: "name", type: "complex", multiValued: false, subAttributes: [simple("givenName"), simple("familyName")] },
      {
        name: "emails",
        type: "complex",
        multiValued: true,
        subAttributes: [
          simple("value"),
          { ...simple("type"), canonicalValues: ["work", "home"] },
          simple("$ref", "reference"),
        ],
      },
      {
        name: "roles",
        type: "complex",
        multiValued: true,
        subAttributes: [simple("value"), simple("display"), simple("primary", "boolean")],
      },
    ],
  },
  {
    id: ENTERPRISE,
    attributes: [
      simple("department"),
      {
        name: "manager",
        type: "complex",
        multiValued: false,
        subAttributes: [simple("value"), simple("$ref", "reference")],
      },
    ],
  },
  {
    id: GROUP,
    attributes: [
      simple("displayName"),
      { name: "members", type: "complex", multiValued: true, subAttributes: [simple("value")] },
    ],
  },
]
const FOUND: DiscoveredTargets = {
  User: [
    "userName",
    "name.givenName",
    "name.familyName",
    'emails[type eq "work"].value',
    'emails[type eq "home"].value',
    'roles[primary eq "True"].value',
    'roles[primary eq "True"].display',
    `${ENTERPRISE}:department`,
    `${ENTERPRISE}:manager`,
  ],
  Group: ["displayName", "members"],
}

/** Answers /Schemas with these; all else goes to the fake target. */
function withSchemas(world: World, schemas: readonly unknown[]): void {
  world.target.intercept = ({ url }) =>
    url.endsWith("/Schemas") ? respond(200, { totalResults: schemas.length, Resources: schemas }) : undefined
}

const asked = ({ target }: World): string[] =>
  target.requests.filter(({ url }) => url.endsWith("/Schemas")).map(({ method, url }) => `${method} ${url}`)

describe("when the schemas are asked for", () => {
  it("WIRE-065 MAP-408 of a gallery application with discovery, when the configuration is saved or opened, and at no other time", async () => {
    const world = worldWithAda({ settings: { schemaDiscovery: true } })
    withSchemas(world, SCHEMAS)
    await world.job.start()
    await world.clock.advance({ days: 1 })
    await world.job.testConnection()
    expect(asked(world)).toEqual([])
    await world.job.saveCredentials({ token: "n3w" })
    expect(asked(world)).toEqual(["GET https://scim.test/v2/Schemas"])
    expect(world.job.discoveredTargets()).toEqual(FOUND)
    await world.job.openConfiguration()
    expect(asked(world)).toHaveLength(2)
  })

  it("WIRE-065 MAP-408 never of a non-gallery application", async () => {
    const world = worldWithAda()
    withSchemas(world, SCHEMAS)
    await world.job.saveCredentials({ token: "n3w" })
    await world.job.openConfiguration()
    expect(asked(world)).toEqual([])
    expect(world.job.discoveredTargets()).toEqual({ User: [], Group: [] })
  })

  it("WIRE-065 ENG-CRED-04 not where the save fails; refused schemas leave the list and the job as they are", async () => {
    const world = worldWithAda({ settings: { schemaDiscovery: true } })
    world.target.intercept = unauthorized
    expect(await world.job.saveCredentials({ token: "bad" })).toMatchObject({ ok: false })
    expect(asked(world)).toEqual([])
    await world.job.openConfiguration()
    expect(world.job.discoveredTargets()).toEqual({ User: [], Group: [] })
    expect(world.job.condition().code).toBe("Paused")
  })

  it("MAP-408 WIRE-066 what was discovered once is never taken away", async () => {
    const world = worldWithAda({ settings: { schemaDiscovery: true } })
    withSchemas(world, [{ id: USER, attributes: [simple("nickName")] }])
    await world.job.openConfiguration()
    withSchemas(world, [{ id: USER, attributes: [simple("title")] }])
    await world.job.openConfiguration()
    expect(world.job.discoveredTargets().User).toEqual(["nickName", "title"])
  })
})

describe("what the schemas say", () => {
  const answered = (body: unknown) =>
    interpretSchemas({ kind: "answered", response: { ...respond(200, body), body: JSON.stringify(body) } })

  it("WIRE-069 attributes are flattened to targets of mappings", () => {
    expect(answered({ Resources: SCHEMAS })).toEqual(FOUND)
  })

  it.each([
    [null],
    ["text"],
    [{ Resources: null }],
    [{ Resources: [null, 1, { id: 7 }, { id: USER, attributes: null }] }],
    [{ Resources: [{ id: USER, attributes: [null, { name: null }, { name: "" }] }] }],
  ])("WIRE-066 an answer that is none adds nothing: %j", (body) => {
    expect(answered(body)).toEqual({ User: [], Group: [] })
  })

  it("MAP-408 MAP-310 a row may name what was discovered; the list keeps what it had", () => {
    const mappings = defaultMappings()
    const document = saveMappings(mappings)
    const [nickName] = mappings.user.attributes.map((row) => ({ ...row, target: "nickName", matchingPriority: 0 }))
    if (nickName === undefined) throw new Error("there are 22")
    const more = { ...mappings, user: { ...mappings.user, attributes: [...mappings.user.attributes, nickName] } }
    expect(() => loadMappings(saveMappings(more, document))).toThrow(/nickName is not in the attribute list/)
    const extended = addTargets(document, { User: ["nickName", "USERNAME"], Group: [] })
    expect(loadMappings(saveMappings(more, extended)).mappings.user.attributes.at(-1)?.target).toBe("nickName")
    const before = document.directories?.[1]?.objects?.[0]?.attributes ?? []
    expect(extended.directories?.[1]?.objects?.[0]?.attributes).toEqual([
      ...before,
      { name: "nickName", type: "String", multivalued: false },
    ])
  })
})
