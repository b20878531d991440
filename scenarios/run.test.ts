import { describe, expect, it } from "vitest"

import { EnvironmentError } from "../protocol/index.ts"
import { createRandom, createIdSource, SystemClock, VirtualClock } from "../simulator/index.ts"
import { createTarget } from "../target/index.ts"
import { check, type Check } from "./define.ts"
import { runCases, type RunEvent, type RunOptions } from "./run.ts"

function caseOf(id: string, run: Check["run"], more: Partial<Check> = {}): Check {
  return check({
    id,
    title: `Title of ${id}`,
    suite: "rfc",
    requirement: { source: "rfc", ref: "7644", level: "must" },
    facts: [],
    needs: ["users"],
    clients: ["rfc"],
    confidence: "documented",
    why: "",
    fix: "",
    defects: [],
    run,
    ...more,
  })
}

const createsUser = caseOf("creates-a-user", async ({ scim, people, expect }) => {
  const user = people.minimalUser()
  const created = await scim.post("/Users", user)
  expect(created).toHaveStatus(201)
  expect(created).toHaveValue("userName", user["userName"] ?? "")
})
const fails = caseOf("fails", async ({ scim, expect }) => {
  expect(await scim.get("/Users/nobody")).toHaveStatus(200)
})
const throws = caseOf("throws", async () => {
  throw new TypeError("a bug of ours")
})
const skips = caseOf("skips", async ({ skip }) => skip("it would take a moon"))
const needsCredentials = caseOf("needs-credentials", async () => {}, { needs: ["credentials"] })

function run(cases: RunOptions["cases"], more: Partial<RunOptions> = {}) {
  return runCases({ cases, target: { kind: "embedded" }, seed: 1, clock: new SystemClock(), ...more })
}

/** A shared target in this process, with a look into what it holds. */
function sharedTarget() {
  const target = createTarget({
    clock: new VirtualClock(0),
    ids: createIdSource(createRandom(3)),
    tokens: ["t0ken-t0ken"],
  })
  const url = "http://localhost/scim/v2"
  return {
    source: {
      kind: "in-process" as const,
      url,
      handler: (request: Request) => target.fetch(request),
      credentials: { token: "t0ken-t0ken" },
    },
    userCount: async (): Promise<unknown> => {
      const headers = { authorization: "Bearer t0ken-t0ken" }
      const answer = await target.fetch(new Request(`${url}/Users`, { headers }))
      const body: { totalResults?: unknown } = JSON.parse(await answer.text())
      return body.totalResults
    },
  }
}

describe("runCases", () => {
  it("gives every case its status, in the order of the catalogue", async () => {
    const { cases, run: facts, target } = await run([createsUser, fails, throws, skips], { concurrency: 3 })
    expect(cases.map(({ key, status }) => [key, status])).toEqual([
      ["creates-a-user", "passed"],
      ["fails", "failed"],
      ["throws", "errored"],
      ["skips", "skipped"],
    ])
    expect(cases[2]?.error).toContain("TypeError: a bug of ours")
    expect(cases[3]?.skipReason).toBe("it would take a moon")
    expect(cases[1]?.repeat).toBe("scimulate run --case fails --seed 1")
    expect(facts).toMatchObject({ seed: 1, dialects: ["entra", "entra-optscim"] })
    expect(target).toMatchObject({ kind: "embedded", url: "http://localhost/scim/v2" })
  })

  it.each([
    ["no credentials", {}],
    ["an API key in a header of its own", { headers: { "X-Api-Key": "k3y-k3y-k3y" } }],
  ])("skips a case whose needs are not met, with the reason: %s", async (_, credentials) => {
    const target = createTarget({ clock: new VirtualClock(0), ids: createIdSource(createRandom(3)), anonymous: true })
    const source = {
      kind: "in-process",
      handler: (request: Request) => target.fetch(request),
      credentials,
    } as const
    const { cases } = await run([needsCredentials], { target: source })
    expect(cases[0]).toMatchObject({
      status: "skipped",
      skipReason: "the run sends no credentials in an Authorization header that the endpoint could refuse",
    })
  })

  it("sends the same requests for the same seed at any concurrency, to the byte", async () => {
    const requests = async (options: Partial<RunOptions>) =>
      (await run([createsUser, fails], options)).exchanges.map(({ id, request, response }) => ({
        id,
        request,
        response,
      }))
    const one = await requests({ seed: 7 })
    expect(one.map(({ id }) => id)).toEqual([
      "discovery#1",
      "discovery#2",
      "discovery#3",
      "discovery#4",
      "creates-a-user#1",
      "fails#1",
    ])
    expect(await requests({ seed: 7, concurrency: 8 })).toEqual(one)
    expect(await requests({ seed: 8 })).not.toEqual(one)
  })

  it("never lets a secret into what it records", async () => {
    const { source } = sharedTarget()
    const result = await run([createsUser, fails], { target: source })
    expect(JSON.stringify(result)).not.toContain("t0ken-t0ken")
    expect(result.exchanges[0]?.request.headers["authorization"]).toEqual(["Bearer [redacted]"])
  })

  it("cleans up on a shared endpoint, unless it is told to keep", async () => {
    const { source, userCount } = sharedTarget()
    const { leftovers, exchanges } = await run([createsUser], { target: source })
    expect(await userCount()).toBe(0)
    expect(leftovers).toEqual([])
    expect(exchanges.at(-1)?.request.method).toBe("DELETE")
    await run([createsUser], { target: source, keep: true })
    expect(await userCount()).toBe(1)
  })

  it("stops in good order when interrupted: cleaned up, the rest skipped", async () => {
    const { source, userCount } = sharedTarget()
    const controller = new AbortController()
    const hangs = caseOf("hangs", async ({ scim, people }) => {
      await scim.post("/Users", people.minimalUser())
      controller.abort()
      await scim.get("/Users")
    })
    const result = await run([hangs, createsUser], { target: source, signal: controller.signal, concurrency: 1 })
    expect(result.cases.map(({ status, skipReason }) => [status, skipReason])).toEqual([
      ["skipped", "the run was interrupted"],
      ["skipped", "the run was interrupted"],
    ])
    expect(result.run.interrupted).toBe(true)
    expect(await userCount()).toBe(0)
  })

  it("gives a result when it is interrupted before it knows the endpoint: everything skipped, nothing sent", async () => {
    const { source } = sharedTarget()
    const controller = new AbortController()
    const handler = () => {
      controller.abort()
      return new Promise<Response>(() => {})
    }
    const result = await run([createsUser, fails], {
      target: { ...source, handler, timeoutMs: 50 },
      signal: controller.signal,
    })
    expect(result.cases.map(({ status, skipReason }) => [status, skipReason])).toEqual([
      ["skipped", "the run was interrupted"],
      ["skipped", "the run was interrupted"],
    ])
    expect(result.run.interrupted).toBe(true)
    expect(result.target).toMatchObject({ url: "http://localhost/scim/v2", kind: "in-process" })
    expect(new Set(result.target.capabilities.map(({ advertised, proven }) => advertised ?? proven))).toEqual(
      new Set([null]),
    )
  })

  it("calls a case about an optional feature not applicable where the endpoint says it lacks it", async () => {
    const { source } = sharedTarget()
    const handler = async (request: Request) => {
      if (!request.url.endsWith("/ServiceProviderConfig")) return source.handler(request)
      return Response.json({ sort: { supported: false }, patch: { supported: false } })
    }
    const sorts = caseOf("sorts", async () => {}, { needs: ["sort"] })
    const patches = caseOf("patches", async () => {}, { needs: ["patch"] })
    const tags = caseOf("tags", async () => {}, { needs: ["etag"] })
    const { cases } = await run([sorts, patches, tags], { target: { ...source, handler } })
    expect(cases.map(({ key, status, notApplicable }) => [key, status, notApplicable])).toEqual([
      ["sorts", "skipped", true],
      ["patches", "skipped", undefined],
      ["tags", "skipped", undefined],
    ])
  })

  it("waits with the first case until whoever is told of the start has settled", async () => {
    const order: string[] = []
    const notes = caseOf("notes", async () => void order.push("case"))
    await run([notes], {
      onEvent: async ({ type }) => {
        await new Promise((resolve) => setImmediate(resolve))
        if (type === "run-started") order.push("told")
      },
    })
    expect(order).toEqual(["told", "case"])
  })

  it("--bail starts no case after a failed one", async () => {
    const { cases } = await run([fails, createsUser], { bail: true })
    expect(cases.map(({ status }) => status)).toEqual(["failed", "skipped"])
    expect(cases[1]?.skipReason).toBe("--bail stopped the run after fails failed")
  })

  it("a request without an answer fails the case, and the next case still runs", async () => {
    const { source } = sharedTarget()
    const handler = (request: Request) => {
      if (request.url.endsWith("/Users/nobody")) throw new Error("crash")
      return source.handler(request)
    }
    const { cases } = await run([fails, createsUser], { target: { ...source, handler } })
    expect(cases.map(({ status }) => status)).toEqual(["failed", "passed"])
    expect(cases[0]?.findings).toMatchObject([{ code: "no-answer", message: "GET /Users/nobody got no answer" }])
  })

  it("skips a case whose user cannot be created, with what the endpoint said", async () => {
    const { source } = sharedTarget()
    const handler = (request: Request) =>
      request.method === "POST" ? Response.json({ detail: "read-only" }, { status: 501 }) : source.handler(request)
    const needsUser = caseOf("needs-user", async ({ scim }) => void (await scim.givenUser()))
    const { cases } = await run([needsUser], { target: { ...source, handler } })
    expect(cases[0]).toMatchObject({
      status: "skipped",
      skipReason: "the user it needs could not be created: POST /Users answered status 501: read-only",
    })
  })

  it("gives up on a handler that never answers", async () => {
    const { source } = sharedTarget()
    const handler = () => new Promise<Response>(() => {})
    const attempt = run([fails], { target: { ...source, handler, timeoutMs: 20 } })
    await expect(attempt).rejects.toThrow(EnvironmentError)
    await expect(attempt).rejects.toMatchObject({ code: "ENV_TIMEOUT" })
  })

  it("refuses a wrong token before any case", async () => {
    const { source } = sharedTarget()
    const attempt = run([fails], { target: { ...source, credentials: { token: "wrong-wrong" } } })
    await expect(attempt).rejects.toMatchObject({ code: "ENV_CREDENTIALS" })
  })

  it("refuses a defect that does not exist", async () => {
    const target = { kind: "embedded", defects: ["no-such-defect"] } as const
    await expect(run([fails], { target })).rejects.toMatchObject({ code: "USAGE_DEFECT" })
  })

  it("lists what the selection left out", async () => {
    const { cases, notRun } = await run([createsUser, fails], { selection: { keys: ["fails"] } })
    expect(cases).toHaveLength(1)
    expect(notRun).toMatchObject([
      { key: "creates-a-user", clients: ["rfc"], reason: "this run was limited to a selection" },
    ])
  })

  it("tells its progress", async () => {
    const events: RunEvent[] = []
    await run([createsUser], { onEvent: (event) => events.push(event) })
    expect(events.map(({ type }) => type)).toEqual(["run-started", "case-started", "case-finished"])
  })

  it("waits as long as a shared endpoint asks before it calls a throttled request an answer", async () => {
    const { source } = sharedTarget()
    let refusals = 2
    const handler = (request: Request) => {
      if (!request.url.endsWith("/Users/nobody") || refusals === 0) return source.handler(request)
      refusals -= 1
      return new Response(null, { status: 429, headers: { "retry-after": "0" } })
    }
    const { cases, exchanges } = await run([fails], { target: { ...source, handler } })
    expect(exchanges.filter(({ case: key }) => key === "fails").map(({ response }) => response?.status)).toEqual([
      429, 429, 404,
    ])
    expect(cases[0]?.findings[0]?.actual).toContain("status 404")
  })
})
