import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import type { IdSource } from "../../protocol/index.ts"
import { PROFILES, type ProfileName } from "../catalogue.ts"
import { buildPlan, STORIES } from "./build.ts"
import { idsIn } from "./placeholders.ts"
import { type LoadPlan, type ObjectName, type Part, type PlannedRequest, requestsOf, type TenantPlan } from "./plan.ts"
import type { Recorded } from "./recording.ts"
import { openWorld, RECORDING_URL } from "./world.ts"

const DIALECTS = ["entra", "entra-optscim"] as const
const USERS = 16

type More = Partial<Parameters<typeof buildPlan>[0]>

function makePlan(profile: ProfileName, more: More = {}): Promise<LoadPlan> {
  return buildPlan({ profile, seed: 7, runId: "abcdefg", dialect: "entra", users: USERS, tenants: 1, ...more })
}

const made = new Map<string, Promise<LoadPlan>>()

/** Each plan is made once: plans are plain data. */
function planOf(profile: ProfileName, more: More = {}): Promise<LoadPlan> {
  const key = JSON.stringify([profile, more])
  const plan = made.get(key) ?? makePlan(profile, more)
  made.set(key, plan)
  return plan
}

function only(plan: LoadPlan): TenantPlan {
  const [tenant] = plan.tenants
  if (tenant === undefined) throw new Error("a plan without a tenant")
  return tenant
}

/** Other ids than those of the recording: what a plan holds of them literally would show. */
function otherIds(): IdSource {
  let count = 0
  return {
    next() {
      const hex = createHash("sha256").update(String(count++)).digest("hex")
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
    },
  }
}

/** What the simulator sends to a target that gives other ids. */
async function simulate(profile: ProfileName, dialect: (typeof DIALECTS)[number]): Promise<readonly Recorded[]> {
  const world = openWorld({ seed: 7, runId: "abcdefg", tenantName: "t1", dialect, users: USERS, targetIds: otherIds() })
  try {
    await STORIES[profile](world)
    return world.recording.records
  } finally {
    world.close()
  }
}

describe.each(DIALECTS)("in the dialect %s", (dialect) => {
  it.each(PROFILES)(
    "%s: the plan is what the simulator sends, request by request and in its order",
    async (profile) => {
      const plan = await planOf(profile, { dialect })
      const records = await simulate(profile, dialect)
      const ids = new Map<ObjectName, string>()
      const fill = (text: string, { uses }: PlannedRequest): string =>
        uses.reduce((filled, name) => filled.replaceAll(`{${name}}`, ids.get(name) ?? "?"), text)
      let position = 0
      for (const part of ["prepare", "load"] satisfies Part[]) {
        for (const planned of requestsOf(plan, only(plan), part)) {
          const record = records[position++]
          expect({
            part,
            method: planned.method,
            url: RECORDING_URL + fill(planned.path, planned),
            body: planned.body === null ? null : fill(planned.body, planned),
          }).toEqual({
            part: record?.part,
            method: record?.request.method,
            url: record?.request.url,
            body: record?.request.body,
          })
          const [id] = record === undefined ? [] : idsIn(record.response)
          if (planned.learns !== undefined && id !== undefined) ids.set(planned.learns, id)
        }
      }
      expect(position).toBe(records.length)
    },
  )
})

describe.each(PROFILES)("the plan of %s", (profile) => {
  it("names every id before it uses it, and uses what its texts name", async () => {
    const plan = await planOf(profile)
    const known = new Set<ObjectName>()
    for (const part of ["prepare", "load"] satisfies Part[]) {
      for (const request of requestsOf(plan, only(plan), part)) {
        const named = [...`${request.path} ${request.body ?? ""}`.matchAll(/\{((?:user|group)\.\d+)\}/g)].map(
          ([, name]) => name,
        )
        expect(new Set(named)).toEqual(new Set(request.uses))
        for (const name of request.uses) expect(known).toContain(name)
        if (request.learns !== undefined) known.add(request.learns)
      }
    }
  })

  it("creates nothing without the run's id between hyphens in its name", async () => {
    const plan = await planOf(profile)
    const created = plan.chains.flatMap(({ requests }) => requests.filter(({ method }) => method === "POST"))
    expect(created.length).toBeGreaterThan(0)
    for (const { body, step } of created) {
      const resource: unknown = JSON.parse(body ?? "{}")
      expect(resource).toMatchObject({
        [step === "create-user" ? "userName" : "displayName"]: expect.stringContaining("-abcdefg-"),
      })
    }
  })

  it("covers its chains with its phases, each once", async () => {
    const plan = await planOf(profile)
    let end = 0
    for (const { phases } of plan.tenants) {
      for (const { from, to } of phases) {
        expect(from).toBe(end)
        expect(to).toBeGreaterThan(from)
        end = to
      }
    }
    expect(end).toBe(plan.chains.length)
  })

  it("is the same for the same seed, and another one for another", async () => {
    const plan = JSON.stringify(await planOf(profile))
    expect(JSON.stringify(await makePlan(profile))).toBe(plan)
    expect(JSON.stringify(await makePlan(profile, { seed: 8 }))).not.toBe(plan)
  })
})

describe("what the profiles are about", () => {
  const count = (requests: readonly PlannedRequest[], step: string): number =>
    requests.filter((request) => request.step === step).length

  it("ENG-CYCLE-05, WIRE-171: initial-cycle looks up and creates everybody, then sends members one a PATCH", async () => {
    const plan = await planOf("initial-cycle")
    const requests = requestsOf(plan, only(plan), "load")
    const people = only(plan).endState.users.length
    expect(requestsOf(plan, only(plan), "prepare")).toEqual([])
    expect(count(requests, "probe")).toBe(2)
    expect(count(requests, "find-user")).toBe(people)
    expect(count(requests, "create-user")).toBe(people)
    const members = only(plan).endState.groups.reduce((sum, group) => sum + group.members.length, 0)
    expect(count(requests, "add-member")).toBe(members)
    expect(only(plan).phases.map(({ name }) => name)).toEqual(["probe", "users", "groups", "references"])
  })

  it("ENG-CYCLE-07: incremental covers a day in 36 cycles of 40 minutes", async () => {
    const plan = await planOf("incremental", { users: 100 })
    const probes = only(plan).phases.filter(({ part, name }) => part === "load" && name === "probe")
    expect(probes.map(({ atMs }) => atMs / 60_000)).toEqual(Array.from({ length: 36 }, (_, cycle) => cycle * 40))
  })

  it("group-storm: one group that ends with everybody, its last members one a PATCH", { timeout: 60_000 }, async () => {
    const plan = await planOf("group-storm", { users: 600 })
    const storm = requestsOf(plan, only(plan), "load")
    expect(count(storm, "add-member")).toBe(300)
    expect(only(plan).endState.groups.map(({ members }) => members.length)).toEqual([600])
  })

  it("leavers: whoever is disabled is then deleted, and must be gone", async () => {
    const plan = await planOf("leavers")
    const requests = requestsOf(plan, only(plan), "load")
    expect(count(requests, "disable-user")).toBe(only(plan).endState.gone.length)
    expect(count(requests, "delete-user")).toBe(only(plan).endState.gone.length)
    expect(only(plan).endState.gone.length).toBe(8)
  })

  it("reconnect: everybody is found, nobody created", async () => {
    const plan = await planOf("reconnect")
    const requests = requestsOf(plan, only(plan), "load")
    expect(count(requests, "create-user") + count(requests, "create-group")).toBe(0)
    expect(requests.filter(({ step }) => step === "find-user").every(({ finds }) => finds === 1)).toBe(true)
  })

  it.each(["soak", "breakpoint", "many-tenants"] as const)(
    "%s: ends where its load began, so that it can be repeated",
    async (profile) => {
      const plan = await planOf(profile)
      const before = await openPrepared(profile)
      expect(only(plan).endState.users.map(({ attributes }) => attributes["title"])).toEqual(before.titles)
      const changes = requestsOf(plan, only(plan), "load").filter(({ method }) => method === "PATCH")
      expect(changes.length).toBeGreaterThan(USERS)
      expect(changes.every(({ step }) => step !== "create-user")).toBe(true)
    },
  )

  it("quarantine-return: what happened meanwhile comes in one cycle", async () => {
    const plan = await planOf("quarantine-return", { users: 60 })
    const phases = only(plan).phases.filter(({ part }) => part === "load")
    expect(new Set(phases.map(({ activityId }) => activityId)).size).toBe(1)
    expect(count(requestsOf(plan, only(plan), "load"), "disable-user")).toBeGreaterThan(0)
  })

  it("initial-cycle without groups asks for none: their mapping is off", async () => {
    const plan = await planOf("initial-cycle", { groups: false })
    expect(only(plan).endState.groups).toEqual([])
    const paths = plan.chains.flatMap(({ requests }) => requests.map(({ path }) => path))
    expect(paths.filter((path) => path.startsWith("/Groups"))).toEqual([])
    expect(only(plan).endState.users.length).toBeGreaterThan(10)
  })

  it("many-tenants: each tenant its own people, the first one noisy", async () => {
    const plan = await planOf("many-tenants", { tenants: 3, users: 6 })
    expect(plan.tenants.map(({ name, isNoisy }) => [name, isNoisy])).toEqual([
      ["t1", true],
      ["t2", false],
      ["t3", false],
    ])
    const names = plan.tenants.flatMap(({ objects }) => Object.values(objects))
    expect(new Set(names).size).toBe(names.length)
  })
})

/** The titles that the people of a plan are created with. */
async function openPrepared(profile: ProfileName): Promise<{ titles: unknown[] }> {
  const plan = await planOf(profile)
  const created = requestsOf(plan, only(plan), "prepare").filter(({ step }) => step === "create-user")
  const bodies = created.map(({ body }): { title?: unknown } => JSON.parse(body ?? "{}") as { title?: unknown })
  return { titles: bodies.map(({ title }) => title) }
}
