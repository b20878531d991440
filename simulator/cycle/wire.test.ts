/** A story in both dialects, told to look at every request of it: what the service sends, and what it never does. */
import { beforeAll, describe, expect, it } from "vitest"
import type { HttpRequest } from "../../protocol/index.ts"
import type { DialectName } from "../dialect/dialect.ts"
import type { Group, User } from "../directory/model.ts"
import { defaultMappings } from "../mapping/defaults.ts"
import type { ProvisioningMappings } from "../mapping/model.ts"
import { isProbe, problem, respond } from "./fake-target.fixture.ts"
import { createWorld, person, type World } from "./job.fixture.ts"

interface Story extends World {
  readonly people: Readonly<Record<"ada" | "bob" | "cleo", User>>
  readonly group: Group
}

/** Hires, changes, moves, leaves, returns, a restart, on-demand calls, and connection tests. */
async function tell(dialect: DialectName): Promise<Story> {
  const world = createWorld({ dialect, mappings: withCustom() })
  const { tenant, application, job, clock } = world
  const people = { ada: person(world, "ada"), bob: person(world, "bob"), cleo: person(world, "cleo") }
  const { ada, bob, cleo } = people
  tenant.update(ada, { employeeId: "first-7" })
  const group = tenant.createGroup({ displayName: "Pickers" }, { members: [ada, bob] })
  application.assign(group)
  tenant.setManager(ada, bob)
  const next = () => clock.advance({ minutes: 40 })
  await job.testConnection()
  await job.saveCredentials({ token: "s3cret" })
  await job.openConfiguration()
  await job.start()
  tenant.update(ada, { jobTitle: "Picker", department: "Cider", mail: "ada@orchard.example", employeeId: "8" })
  await next()
  tenant.update(ada, { jobTitle: "Lead", department: null, mail: "lead@orchard.example", mailNickname: "countess" })
  tenant.addMember(group, cleo)
  tenant.renameGroup(group, "Fruit pickers")
  await next()
  tenant.setManager(ada, cleo)
  tenant.disable(bob)
  tenant.removeMember(group, ada)
  await next()
  tenant.setManager(ada, null)
  tenant.enable(bob)
  tenant.addMember(group, ada)
  tenant.softDelete(cleo)
  await next()
  tenant.purge(cleo)
  await next()
  await job.restart()
  await clock.settle(job.provisionOnDemand(bob))
  application.unassign(group)
  await next()
  return { ...world, people, group }
}

/** The default rows with an extension of the application's own, an attribute outside the default list, and entitlements. */
function withCustom(): ProvisioningMappings {
  const { user, group } = defaultMappings()
  const title = user.attributes.find(({ target }) => target === "title")
  if (title === undefined) throw new Error("title is mapped by default")
  const more = [
    { ...title, target: "urn:ietf:params:scim:schemas:extension:orchard:2.0:User:badge", source: "[employeeId]" },
    { ...title, target: "nickName", source: "[mailNickname]" },
    { ...title, target: "userType", source: '"  "' },
    { ...title, target: "locale", source: "[usageLocation]", defaultValue: "en-GB" },
    { ...title, target: "password", source: "[employeeId]", flowType: "ObjectAddOnly" as const },
    { ...title, target: "entitlements", source: "[displayName]" },
  ]
  return { user: { ...user, attributes: [...user.attributes, ...more] }, group }
}

interface Operation {
  readonly op: string
  readonly path?: string
  readonly value?: unknown
}

const NO_REQUEST: HttpRequest = { method: "GET", url: "https://scim.test/v2", headers: {}, body: null }
const bodyOf = ({ body }: HttpRequest): Record<string, unknown> => JSON.parse(body ?? "{}") as Record<string, unknown>
const operationsOf = (request: HttpRequest): Operation[] => (bodyOf(request)["Operations"] ?? []) as Operation[]
const pathOf = ({ url }: HttpRequest): string => new URL(url).pathname.replace("/v2", "")
const stories = new Map<DialectName, Story>()
const told = (dialect: DialectName): Story => {
  const story = stories.get(dialect)
  if (story === undefined) throw new Error("told before the tests")
  return story
}
const requestsOf = (dialect: DialectName): readonly HttpRequest[] => told(dialect).target.requests
const patchesOf = (dialect: DialectName): HttpRequest[] =>
  requestsOf(dialect).filter(({ method }) => method === "PATCH")

beforeAll(async () => {
  for (const dialect of ["entra", "entra-optscim"] as const) stories.set(dialect, await tell(dialect))
})

describe.each(["entra", "entra-optscim"] as const)("every request in %s", (dialect) => {
  it("WIRE-001 WIRE-063 WIRE-068 WIRE-237 four methods on users and groups, and nothing else", () => {
    const kinds = requestsOf(dialect).map(
      (request) => `${request.method} ${pathOf(request).replace(/\/[ug]\d+$/, "/{id}")}`,
    )
    expect([...new Set(kinds)].toSorted()).toEqual([
      "DELETE /Groups/{id}",
      "DELETE /Users/{id}",
      "GET /Groups",
      "GET /Groups/{id}",
      "GET /Users",
      "GET /Users/{id}",
      "PATCH /Groups/{id}",
      "PATCH /Users/{id}",
      "POST /Groups",
      "POST /Users",
    ])
  })

  it("WIRE-044 WIRE-050 WIRE-234 WIRE-239 ENG-LIMIT-03 searches compare one attribute with a quoted text by eq, and never page", () => {
    const searches = requestsOf(dialect).filter(
      (request) => request.method === "GET" && /^\/(Users|Groups)$/.test(pathOf(request)),
    )
    expect(searches.length).toBeGreaterThan(10)
    for (const { url } of searches) {
      const query = new URL(url).searchParams
      expect(query.get("filter")).toMatch(/^(userName|displayName) eq "[^"]+"$/)
      expect([...query.keys()].filter((key) => key !== "filter" && key !== "excludedAttributes")).toEqual([])
    }
  })

  it("WIRE-092 WIRE-240 no create holds a reference or groups; managers and members follow by PATCH", () => {
    const creates = requestsOf(dialect).filter(({ method }) => method === "POST")
    expect(creates.length).toBeGreaterThanOrEqual(4)
    for (const { body } of creates) expect(body).not.toMatch(/"(manager|members|groups)"/)
    expect(
      patchesOf(dialect)
        .map(({ body }) => body)
        .join(),
    ).not.toContain('"groups"')
  })

  it("WIRE-091 WIRE-153 MAP-501 what has no value is left out, and no null is ever sent", () => {
    const first = requestsOf(dialect).find(({ method }) => method === "POST")
    expect(Object.keys(bodyOf(first ?? NO_REQUEST))).not.toContain("title")
    for (const { body } of requestsOf(dialect)) expect(body ?? "").not.toMatch(/:null|\[\]|\{\}/)
  })

  it("WIRE-095 WIRE-238 a row for creation only is in the create and in no PATCH, a password like any other text", () => {
    const first = requestsOf(dialect).find(({ method }) => method === "POST")
    expect(bodyOf(first ?? NO_REQUEST)).toMatchObject({ password: "first-7", userName: "ada@orchard.example" })
    const patches = patchesOf(dialect).map(({ body }) => body)
    expect(patches.some((body) => body?.includes('orchard:2.0:User:badge"'))).toBe(true)
    expect(patches.join()).not.toContain("password")
  })

  it("WIRE-145 entitlements are never sent, though mapped", () => {
    for (const { body } of requestsOf(dialect)) expect(body ?? "").not.toContain("entitlements")
  })

  it("WIRE-152 WIRE-156 attributes outside the default list travel like the others, blanks and defaults as ordinary text", () => {
    const first = requestsOf(dialect).find(({ method }) => method === "POST")
    expect(bodyOf(first ?? NO_REQUEST)).toMatchObject({
      nickName: "ada",
      userType: "  ",
      locale: "en-GB",
    })
    const nickNames = patchesOf(dialect)
      .map(({ body }) => body)
      .filter((body) => body?.includes("nickName"))
    expect(nickNames).toHaveLength(1)
    expect(nickNames[0]).toContain("countess")
  })

  it("WIRE-099 all changed attributes of one object are in one PATCH; references have their own", () => {
    for (const request of patchesOf(dialect)) {
      const operations = operationsOf(request)
      const references = operations.filter(({ path }) => path !== undefined && /manager$|^members/.test(path))
      expect([0, operations.length]).toContain(references.length)
    }
    const both = patchesOf(dialect).filter(({ body }) => body?.includes("Cider") && body.includes("Picker"))
    expect(both).toHaveLength(1)
  })

  it("WIRE-114 nothing is removed but members; a cleared attribute sends no operation", () => {
    const removals = patchesOf(dialect)
      .flatMap(operationsOf)
      .filter(({ op }) => op.toLowerCase() === "remove")
    expect(removals.length).toBeGreaterThan(0)
    for (const { path } of removals) expect(path).toMatch(/^members/)
    const department = [...told(dialect).target.resources.values()].find(({ id }) => id === "u1")
    expect(JSON.stringify(department)).toContain('"department":"Cider"')
  })

  it("WIRE-193 WIRE-194 the first cycle: probes, then users, then groups, then references", () => {
    const [initial] = told(dialect).job.cycles()
    const requests = requestsOf(dialect).filter(({ headers }) => headers["adscimversion"]?.endsWith(initial?.id ?? "-"))
    const order = requests.map((request) => (isProbe(request) ? "probe" : `${request.method} ${pathOf(request)}`))
    expect(order).toEqual([
      "probe",
      "probe",
      "GET /Users",
      "POST /Users",
      "GET /Users",
      "POST /Users",
      "GET /Groups",
      "POST /Groups",
      "PATCH /Users/u1",
      "PATCH /Groups/g1",
      "PATCH /Groups/g1",
    ])
  })

  it("WIRE-209 neither Location nor ETag is needed: this target gives none", () => {
    expect(
      told(dialect)
        .job.cycles()
        .map(({ counts }) => counts.failed),
    ).toEqual(
      told(dialect)
        .job.cycles()
        .map(() => 0),
    )
  })
})

describe("what the flag changes", () => {
  /** On demand the default dialect is spoken anyway; ids in bodies are the same in both stories, since the seed is. */
  const others = (dialect: DialectName): unknown[] =>
    requestsOf(dialect)
      .filter(({ method }) => method !== "PATCH")
      .map(({ method, url, body }) => [method, url, body])

  it("WIRE-005 nothing but the PATCHes: matching, reads, creates and deletes are the same", () => {
    expect(others("entra-optscim")).toEqual(others("entra"))
    expect(patchesOf("entra-optscim").map(({ url }) => url)).toEqual(patchesOf("entra").map(({ url }) => url))
  })

  it("WIRE-005 in these: booleans, one value added, several replaced, a member removed", () => {
    const bodies = (dialect: DialectName) =>
      patchesOf(dialect)
        .map(({ body }) => body)
        .join("\n")
    const classic = bodies("entra")
    const flagged = bodies("entra-optscim")
    expect(classic).toContain('{"op":"Replace","path":"active","value":"False"}')
    expect(flagged).toContain('{"op":"replace","path":"active","value":false}')
    expect(classic).toContain('{"op":"Replace","path":"title","value":"Lead"},')
    expect(flagged).toContain('{"op":"replace","value":{"title":"Lead","externalId":"countess","nickName":"countess"}}')
    expect(classic).toContain('{"op":"Remove","path":"members","value":[{"value":"u1"}]}')
    expect(flagged).toContain(String.raw`{"op":"remove","path":"members[value eq \"u1\"]"}`)
  })

  it("WIRE-123 externalId is updated with the flag too, whatever the published sample leaves out", () => {
    const flagged = patchesOf("entra-optscim").flatMap(operationsOf)
    expect(flagged).toContainEqual(
      expect.objectContaining({ op: "replace", value: expect.objectContaining({ externalId: "countess" }) }),
    )
  })

  it("WIRE-124 with the flag a member is removed by a filter, without a value", () => {
    const removal = patchesOf("entra-optscim")
      .flatMap(operationsOf)
      .find(({ op }) => op === "remove")
    expect(removal).toEqual({ op: "remove", path: 'members[value eq "u1"]' })
  })
})

describe("a sequence that breaks", () => {
  it("WIRE-102 nothing is rolled back: the account stays when its manager can't be written", async () => {
    const world = createWorld()
    const [ada, bob] = [person(world, "ada"), person(world, "bob")]
    world.tenant.setManager(ada, bob)
    world.application.assign(ada, bob)
    world.target.intercept = ({ method }) => (method === "PATCH" ? respond(500, problem(500)) : undefined)
    await world.job.start()
    expect([...world.target.resources.keys()]).toEqual(["u1", "u2"])
    expect(world.target.requests.filter(({ method }) => method === "DELETE")).toEqual([])
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 40 })
    expect(JSON.stringify(world.target.resources.get("u1"))).toContain('"manager":{"value":"u2"}')
  })
})
