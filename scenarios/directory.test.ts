/** Runs over a directory that the user gave: whose names go out, who is met, and who is left alone. */
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

import type { Exchange } from "../reports/index.ts"
import {
  createIdSource,
  createRandom,
  createTenant,
  readDirectoryFile,
  SystemClock,
  VirtualClock,
} from "../simulator/index.ts"
import { createTarget } from "../target/index.ts"
import { createPeople } from "./people.ts"
import { ALL_CASES } from "./registry.ts"
import { runCases, type RunEvent, type RunOptions } from "./run.ts"
import { createScenarioPeople } from "./scenario-people.ts"

const file = (name: string): string => fileURLToPath(new URL(`../test/fixtures/directory/${name}`, import.meta.url))
const EXPORT = readDirectoryFile(file("graph-export.json"))
const DOWNLOAD = readDirectoryFile(file("users-download.csv"))

function run(more: Partial<RunOptions>) {
  return runCases({
    cases: ALL_CASES,
    selection: { keys: ["lifecycle-directory"] },
    target: { kind: "embedded" },
    seed: 1,
    clock: new SystemClock(),
    ...more,
  })
}

/** The names in the bodies of creates. */
function namesCreated(exchanges: readonly Exchange[], endpoint: string, attribute: string): string[] {
  return exchanges
    .filter(({ request }) => request.method === "POST" && request.url.endsWith(endpoint))
    .map(({ request }) => JSON.parse(request.body ?? "")[attribute])
}

describe("the whole directory", () => {
  it("ENG-SCOPE-08 is generated where none was given: forty people, eight groups", async () => {
    const { cases } = await run({})
    expect(cases.map(({ key, status, findings, error }) => [key, status, findings, error])).toEqual([
      ["lifecycle-directory@entra", "passed", [], undefined],
      ["lifecycle-directory@entra-optscim", "passed", [], undefined],
    ])
    expect(cases[0]?.steps[0]?.title).toMatch(/^40 people, \d of them blocked, and 8 groups$/)
  })

  it("ENG-MATCH-05 ENG-SCOPE-03 ENG-SCOPE-08 is a Graph export: 38 of 43 people and 8 of 10 groups, under names of the run", async () => {
    const { cases, exchanges } = await run({ directory: { contents: EXPORT, adoptExisting: false } })
    expect(cases.map(({ status }) => status)).toEqual(["passed", "passed"])
    expect(cases[0]?.steps[0]?.title).toBe("43 people, 5 of them blocked, and 8 groups")
    const first = exchanges.filter(({ case: key }) => key === "lifecycle-directory@entra")
    const userNames = namesCreated(first, "/Users", "userName")
    expect(userNames).toHaveLength(38)
    expect(userNames.filter((name) => !/^[^@]+-ogshdq0-[a-z0-9]{5}@[^@]+$/.test(name))).toEqual([])
    expect(userNames).toContainEqual(expect.stringMatching(/^taro\.yamada-ogshdq0-[a-z0-9]{5}@tailspin\.example$/))
    const groupNames = namesCreated(first, "/Groups", "displayName")
    expect(groupNames).toHaveLength(8)
    expect(groupNames.filter((name) => !/-ogshdq0-[a-z0-9]{5}$/.test(name))).toEqual([])
  })

  it("is the portal's download: 43 people and no group", async () => {
    const { cases, exchanges } = await run({ directory: { contents: DOWNLOAD, adoptExisting: false } })
    expect(cases.map(({ status }) => status)).toEqual(["passed", "passed"])
    expect(cases[0]?.steps[0]?.title).toBe("43 people, 5 of them blocked, and 0 groups")
    expect(namesCreated(exchanges, "/Users", "userName")).toHaveLength(2 * 38)
  })
})

describe("--adopt-existing", () => {
  const BASE = "http://localhost/scim/v2"
  const headers = { authorization: "Bearer t0ken-t0ken", "content-type": "application/scim+json" }

  /** An endpoint with a life of its own. */
  function livelyTarget() {
    const target = createTarget({
      clock: new VirtualClock(0),
      ids: createIdSource(createRandom(3)),
      tokens: ["t0ken-t0ken"],
    })
    const ask = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
      return JSON.parse(await (await target.fetch(new Request(`${BASE}${path}`, init))).text())
    }
    const create = async (endpoint: "/Users" | "/Groups", attributes: object): Promise<string> => {
      const schemas = [`urn:ietf:params:scim:schemas:core:2.0:${endpoint === "/Users" ? "User" : "Group"}`]
      return String((await ask("POST", endpoint, { schemas, ...attributes }))["id"])
    }
    const source = {
      kind: "in-process" as const,
      url: BASE,
      handler: (request: Request) => target.fetch(request),
      credentials: { token: "t0ken-t0ken" },
    }
    return { source, ask, create }
  }

  it("takes over who is there, says so before it writes, and leaves them there", async () => {
    const { source, ask, create } = livelyTarget()
    const maria = await create("/Users", { userName: "Maria.Oberhuber@northwind.example", nickName: "Mitzi" })
    const blocked = EXPORT.users.find(({ attributes }) => attributes.accountEnabled === false)
    const stranger = await create("/Users", { userName: "stranger@elsewhere.example" })
    await create("/Users", { userName: blocked?.attributes.userPrincipalName, title: "Clerk" })
    const finance = await create("/Groups", { displayName: "Finance", members: [{ value: stranger }] })

    const events: RunEvent[] = []
    let writesBefore: unknown
    const { cases, exchanges, leftovers } = await run({
      target: source,
      concurrency: 4,
      directory: { contents: EXPORT, adoptExisting: true },
      onEvent: async (event) => {
        events.push(event)
        if (event.type === "run-started") writesBefore = (await ask("GET", "/Users"))["totalResults"]
      },
    })
    expect(writesBefore).toBe(3)
    expect(events[0]).toMatchObject({
      type: "run-started",
      adopted: [
        { kind: "user", path: `/Users/${maria}`, name: "Maria.Oberhuber@northwind.example" },
        { kind: "group", path: `/Groups/${finance}`, name: "Finance" },
      ],
    })
    expect(cases.map(({ status, findings }) => [status, findings.map(({ code }) => code)])).toEqual([
      ["passed", []],
      ["passed", []],
    ])
    expect(leftovers).toEqual([])
    const userNames = namesCreated(exchanges, "/Users", "userName")
    expect(userNames).toContain("joao.conceicao@northwind.example")
    expect(userNames.filter((name) => /maria|ogshdq0/i.test(name))).toEqual([])

    expect(await ask("GET", "/Users")).toMatchObject({ totalResults: 3 })
    expect(await ask("GET", "/Groups")).toMatchObject({ totalResults: 1 })
    expect(await ask("GET", `/Users/${maria}`)).toMatchObject({
      nickName: "Mitzi",
      displayName: "Maria Oberhuber",
      title: "Geschäftsführerin",
      active: true,
    })
    const group = await ask("GET", `/Groups/${finance}`)
    expect(group["members"]).toContainEqual(expect.objectContaining({ value: stranger }))
  })

  it("plays the cases one by one on a shared endpoint, whatever was asked for", async () => {
    const { source } = livelyTarget()
    const events: string[] = []
    await run({
      target: source,
      concurrency: 4,
      directory: { contents: DOWNLOAD, adoptExisting: true },
      onEvent: ({ type }) => events.push(type),
    })
    expect(events).toEqual(["run-started", "case-started", "case-finished", "case-started", "case-finished"])
  })

  it("leaves stories their own names: what they end is never somebody's account", async () => {
    const { exchanges } = await run({
      selection: { keys: ["entra-user-deleted-for-good@entra"] },
      directory: { contents: EXPORT, adoptExisting: true },
    })
    const created = namesCreated(exchanges, "/Users", "userName")
    expect(created.length).toBeGreaterThan(0)
    expect(created.filter((name) => !name.includes("-ogshdq0-"))).toEqual([])
  })
})

describe("people for a story", () => {
  function peopleOf(contents: typeof EXPORT) {
    const random = createRandom(1)
    const clock = new VirtualClock(0)
    const tenant = createTenant({ clock, random, ids: createIdSource(random), domain: "k3f9a1x-0b4zq.example.com" })
    const people = createPeople({ runId: "k3f9a1x", key: "a-story@entra", random, ids: createIdSource(random) })
    return {
      tenant,
      people: createScenarioPeople({
        people,
        tenant,
        domain: "k3f9a1x-0b4zq.example.com",
        mark: "k3f9a1x-0b4zq",
        ids: createIdSource(random),
        directory: { contents, adoptExisting: true },
      }),
    }
  }

  it("are those of the file in its order, as they are there but for their names", () => {
    const { tenant, people } = peopleOf(EXPORT)
    const maria = tenant.createUser(people.directoryUser())
    expect(maria).toMatchObject({
      userPrincipalName: "maria.oberhuber-k3f9a1x-0b4zq@northwind.example",
      mail: "maria.oberhuber-k3f9a1x-0b4zq@northwind.example",
      mailNickname: "maria.oberhuber-k3f9a1x-0b4zq",
      employeeId: "20100-k3f9a1x-0b4zq",
      displayName: "Maria Oberhuber",
      jobTitle: "Geschäftsführerin",
      telephoneNumber: "+49 89 5550100",
    })
    expect(people.directoryUser({ surname: "King" })).toMatchObject({ givenName: "João", surname: "King" })
  })

  it("are neither guests nor blocked, and begin again with a number once all were given", () => {
    const { people } = peopleOf(EXPORT)
    const given = Array.from({ length: 70 }, () => people.directoryUser())
    expect(
      given.filter(({ accountEnabled, userPrincipalName: name }) => accountEnabled === false || name.includes("#")),
    ).toEqual([])
    const names = given.map(({ userPrincipalName }) => userPrincipalName)
    expect(new Set(names).size).toBe(70)
    expect(names.filter((name) => name.startsWith("maria.oberhuber"))).toEqual([
      "maria.oberhuber-k3f9a1x-0b4zq@northwind.example",
      "maria.oberhuber-2-k3f9a1x-0b4zq@northwind.example",
      "maria.oberhuber-3-k3f9a1x-0b4zq@northwind.example",
    ])
  })

  it("are invented where the file has none for a story", () => {
    const guest = EXPORT.users.find(({ attributes }) => attributes.userPrincipalName.includes("#EXT#"))
    if (guest === undefined) throw new Error("the fixture has guests")
    const { people } = peopleOf({ users: [guest], groups: [], notes: [] })
    expect(people.directoryUser().userPrincipalName).toBe("user-k3f9a1x-a-story-entra-1@k3f9a1x-0b4zq.example.com")
  })
})
