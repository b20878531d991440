/** Reads the end state of a real target, in the same process, that the simulator has filled: planted losses are found. */
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type HttpRequest, type HttpResponse, type Scheduler, TransportError } from "../../protocol/index.ts"
import { buildPlan } from "../plan/build.ts"
import type { LoadPlan, TenantPlan } from "../plan/plan.ts"
import { openWorld, RECORDING_URL, type World } from "../plan/world.ts"
import { STORIES } from "../plan/build.ts"
import { removeFound } from "./clean-up.ts"
import { compareEndState, type Difference } from "./compare-end-state.ts"
import { type EndpointReader, readEndState } from "./read-end-state.ts"

const OPTIONS = { seed: 3, runId: "abcdefg", dialect: "entra", users: 8 } as const

let plan: LoadPlan
let world: World
beforeEach(async () => {
  plan = await buildPlan({ ...OPTIONS, profile: "initial-cycle", tenants: 1 })
  world = openWorld({ ...OPTIONS, tenantName: "t1" })
  await STORIES["initial-cycle"](world)
})
afterEach(() => world.close())

const waited: number[] = []
const clock: Scheduler = {
  now: () => 0,
  schedule: () => () => undefined,
  sleep: (delayMs) => Promise.resolve(void waited.push(delayMs)),
}

function reader(answer?: (request: HttpRequest) => HttpResponse | undefined): EndpointReader {
  return {
    transport: async (request) => answer?.(request) ?? (await world.ask(request)),
    baseUrl: RECORDING_URL,
    headers: {},
    clock,
  }
}

function tenant(): TenantPlan {
  const [only] = plan.tenants
  if (only === undefined) throw new Error("a plan without a tenant")
  return only
}

async function ask(method: string, path: string, body: object | null = null): Promise<unknown> {
  const headers = { "content-type": "application/scim+json" }
  const text = body === null ? null : JSON.stringify(body)
  const answer = await world.ask({ method, url: RECORDING_URL + path, headers, body: text })
  expect(answer.status).toBeLessThan(300)
  return JSON.parse(answer.body ?? "null")
}

async function differences(): Promise<readonly Difference[]> {
  const { found, problems } = await readEndState(tenant(), reader())
  expect(problems).toEqual([])
  return compareEndState(tenant().endState, found).differences
}

async function idOf(name: "user.2" | "group.0"): Promise<string> {
  const { found } = await readEndState(tenant(), reader())
  return found.get(name)?.id ?? ""
}

describe("the end state of an endpoint", () => {
  it("is as planned after the simulator itself", async () => {
    expect(tenant().endState.groups.length).toBeGreaterThan(1)
    expect(await differences()).toEqual([])
  })

  it("shows a member that was lost", async () => {
    const everybody = tenant().endState.groups.find(({ members }) => members.includes("user.2"))
    const groupId = (await readEndState(tenant(), reader())).found.get(everybody?.name ?? "group.0")?.id ?? ""
    await ask("PATCH", `/Groups/${groupId}`, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "remove", path: `members[value eq "${await idOf("user.2")}"]` }],
    })
    expect(await differences()).toContainEqual({ kind: "member-lost", name: everybody?.name, member: "user.2" })
  })

  it("shows a person who was lost, and a change that was not applied", async () => {
    const [first, second] = tenant().endState.users
    const { found } = await readEndState(tenant(), reader())
    await ask("PATCH", `/Users/${found.get(second?.name ?? "user.1")?.id}`, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "replace", path: "displayName", value: "Somebody Else" }],
    })
    await ask("DELETE", `/Users/${found.get(first?.name ?? "user.0")?.id}`)
    const seen = await differences()
    expect(seen).toContainEqual({ kind: "lost", name: first?.name })
    expect(seen).toContainEqual(
      expect.objectContaining({ kind: "wrong-value", name: second?.name, path: "displayName" }),
    )
  })

  it("that answers 500 is a problem, not a loss", async () => {
    const broken = { status: 500, headers: {}, body: "oops" }
    const { found, problems } = await readEndState(
      tenant(),
      reader(() => broken),
    )
    expect(found.size).toBe(0)
    expect(problems).toHaveLength(tenant().endState.users.length + tenant().endState.groups.length)
    expect(problems[0]).toMatch(/^GET \/(?:Users|Groups)\?.* answered 500 without JSON$/)
  })

  it("of an endpoint that has gone is given up after a while, and so is the clean-up", async () => {
    const objects = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`user.${n}`, `/Users?filter=${n}`]))
    const users = Array.from({ length: 500 }, (_, n) => ({ name: `user.${n}` as const, find: "", attributes: {} }))
    const many: TenantPlan = { ...tenant(), objects, endState: { users, groups: [], gone: [] } }
    let asked = 0
    const gone = reader(() => {
      asked += 1
      throw new TransportError("refused", "nobody listens there")
    })
    const { problems } = await readEndState(many, gone)
    expect(problems.length).toBeGreaterThanOrEqual(50)
    expect(asked).toBeLessThan(70)
    const found = new Map(users.map(({ name }) => [name, { total: 1, id: name, attributes: {}, members: [] }]))
    expect(await removeFound(found, gone)).toHaveLength(500)
    expect(asked).toBeLessThan(140)
  })

  it("WIRE-219: is waited for as long as Retry-After says", async () => {
    let refusals = 1
    const throttled = { status: 429, headers: { "retry-after": ["7"] }, body: null }
    const { problems } = await readEndState(
      tenant(),
      reader(() => (refusals-- > 0 ? throttled : undefined)),
    )
    expect(problems).toEqual([])
    expect(waited).toEqual([7000])
  })

  it("is removed with all that the load created", async () => {
    const { found } = await readEndState(tenant(), reader())
    expect(await removeFound(found, reader())).toEqual([])
    expect(await ask("GET", "/Users?count=0")).toMatchObject({ totalResults: 0 })
    expect(await ask("GET", "/Groups?count=0")).toMatchObject({ totalResults: 0 })
  })

  it("tells what could not be removed", async () => {
    const { found } = await readEndState(tenant(), reader())
    const refused = { status: 403, headers: {}, body: null }
    const leftovers = await removeFound(
      found,
      reader(({ method }) => (method === "DELETE" ? refused : undefined)),
    )
    expect(leftovers).toHaveLength(found.size)
    expect(leftovers[0]).toMatch(/^\/Groups\//)
  })
})
