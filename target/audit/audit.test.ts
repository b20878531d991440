import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import { afterAll, describe, expect, it } from "vitest"
import { BULK_REQUEST_URN, SEARCH_REQUEST_URN } from "../../protocol/index.ts"
import type { JsonObject } from "../json.ts"
import { openDatabase } from "../store/database.ts"
import { createGuardedTarget, listIn, textIn, textOf } from "../testing-guard.ts"
import type { GuardedTarget } from "../testing-guard.ts"
import { patch, TEST_START_MS, TEST_TOKEN, user } from "../testing.ts"
import { AuditLog } from "./audit-log.ts"

const folder = mkdtempSync(join(tmpdir(), "scimulate-"))
afterAll(() => rmSync(folder, { recursive: true }))

async function entries({ administer }: GuardedTarget, query = ""): Promise<readonly JsonObject[]> {
  const answer = await administer("GET", `/tenants/default/audit${query}`)
  expect(answer.status).toBe(200)
  return listIn(answer, "entries")
}

describe("the audit log", () => {
  it("holds who did which write to what, from where and when; reads leave nothing", async () => {
    const target = createGuardedTarget()
    const { call, clock } = target
    const from = "192.0.2.7"
    const id = textIn(await call("POST", "/v2/Users", { token: TEST_TOKEN, body: user("ada"), from }), "id")
    clock.nowMs += 1000
    await call("PATCH", `/v2/Users/${id}`, {
      token: TEST_TOKEN,
      body: patch({ op: "add", path: "title", value: "Dr" }),
      from,
    })
    await call("PUT", `/v2/Users/${id}`, { token: TEST_TOKEN, body: user("eve"), from })
    for (const path of ["/v2/Users", `/v2/Users/${id}`, "/v2/Users/nobody", "/v2/Schemas", "/v2/nothing"]) {
      await call("GET", path, { token: TEST_TOKEN, from })
    }
    await call("POST", "/v2/.search", { token: TEST_TOKEN, body: { schemas: [SEARCH_REQUEST_URN], filter: "(" }, from })
    await call("DELETE", `/v2/Users/${id}`, { token: TEST_TOKEN, from })
    const common = { kind: "scim", actor: "token:option", resource: `Users/${id}`, address: from, detail: null }
    expect(await entries(target)).toEqual([
      { ...common, number: 4, at: "2026-03-01T12:00:01.000Z", action: "DELETE", status: 204 },
      { ...common, number: 3, at: "2026-03-01T12:00:01.000Z", action: "PUT", status: 200 },
      { ...common, number: 2, at: "2026-03-01T12:00:01.000Z", action: "PATCH", status: 200 },
      { ...common, number: 1, at: "2026-03-01T12:00:00.000Z", action: "POST", status: 201 },
    ])
  })

  it("holds no write that changed nothing", async () => {
    const target = createGuardedTarget()
    const id = await target.create("/Users", user("ada", { displayName: "Ada" }))
    await target.send("PUT", `/Users/${id}`, user("ada", { displayName: "Ada" }))
    await target.send("PATCH", `/Users/${id}`, patch({ op: "replace", path: "displayName", value: "Ada" }))
    expect((await entries(target)).map(({ action }) => action)).toEqual(["POST"])
  })

  it("holds each operation of a bulk job, done or not", async () => {
    const target = createGuardedTarget()
    const body = {
      schemas: [BULK_REQUEST_URN],
      Operations: [
        { method: "POST", path: "/Users", bulkId: "a", data: user("ada") },
        { method: "DELETE", path: "/Users/nobody" },
      ],
    }
    const answer = await target.call("POST", "/v2/Bulk", { token: TEST_TOKEN, body })
    const [created] = listIn(answer, "Operations").map((operation) => textOf(operation, "location"))
    const id = created?.split("/").at(-1)
    expect((await entries(target)).map(({ action, resource, status }) => [action, resource, status])).toEqual([
      ["bulk DELETE", "Users/nobody", 404],
      ["bulk POST", `Users/${id}`, 201],
    ])
  })

  it("holds what was refused: writes, and whoever had no right", async () => {
    const target = createGuardedTarget({ rateLimit: { requests: 3, perMs: 1000 } })
    const { call } = target
    await call("GET", "/v2/Users", { token: "wrong" })
    await call("POST", "/v2/Users", { token: TEST_TOKEN, body: "{" })
    await call("POST", "/v2/Users", { token: TEST_TOKEN, body: user("ada") })
    await call("POST", "/v2/Users", { token: TEST_TOKEN, body: user("ada") })
    await call("GET", "/v2/Users", { token: TEST_TOKEN })
    expect((await entries(target)).map(({ actor, action, status, detail }) => [actor, action, status, detail])).toEqual(
      [
        ["token:option", "GET", 429, "This tenant's requests come too fast: wait, and repeat it."],
        ["token:option", "POST", 409, "Another resource has this userName already."],
        ["token:option", "POST", 201, null],
        ["token:option", "POST", 400, "The body is not JSON."],
        ["unknown", "GET", 401, "The bearer token is unknown, expired or revoked."],
      ],
    )
  })

  it("counts refusals that come in a flood, and goes on writing when it is over", async () => {
    const target = createGuardedTarget()
    for (let attempt = 0; attempt < 100; attempt += 1) await target.call("GET", "/v2/Users", { token: "wrong" })
    expect(await entries(target, "?limit=1000")).toHaveLength(60)
    target.clock.nowMs += 60_000
    await target.call("GET", "/v2/Users", { token: "wrong" })
    const [last] = await entries(target)
    expect(last?.["detail"]).toBe(
      "The bearer token is unknown, expired or revoked. (before it, 40 refusals were not written)",
    )
  })

  it("is filtered by kind, actor, resource and time", async () => {
    const target = createGuardedTarget()
    const { call, administer, clock } = target
    const made = await administer("POST", "/tenants/default/tokens", { label: "Entra" })
    const token = textIn(made, "token")
    clock.nowMs += 60_000
    const ada = textIn(await call("POST", "/v2/Users", { token, body: user("ada") }), "id")
    clock.nowMs += 60_000
    await call("POST", "/v2/Users", { token: TEST_TOKEN, body: user("bob") })
    clock.nowMs += 60_000
    await call("DELETE", `/v2/Users/${ada}`, { token: TEST_TOKEN })
    const actions = async (query: string) => (await entries(target, query)).map(({ action }) => action)
    expect(await actions("")).toEqual(["DELETE", "POST", "POST", "token.create"])
    expect(await actions("?kind=administration")).toEqual(["token.create"])
    expect(await actions("?kind=scim")).toEqual(["DELETE", "POST", "POST"])
    expect(await actions(`?actor=token:${textIn(made, "id")}`)).toEqual(["POST"])
    expect(await actions(`?resource=Users/${ada}`)).toEqual(["DELETE", "POST"])
    expect(await actions("?resource=Users")).toEqual(["DELETE", "POST", "POST"])
    expect(await actions("?resource=User")).toEqual([])
    expect(await actions("?from=2026-03-01T12:01:00Z&until=2026-03-01T12:03:00Z")).toEqual(["POST", "POST"])
    expect(await actions("?until=2026-03-01T13:01:00%2B01:00")).toEqual(["token.create"])
    expect(await actions(`?kind=scim&resource=Users/${ada}&from=2026-03-01T12:02:00Z`)).toEqual(["DELETE"])
  })

  it("is read page by page, the newest first", async () => {
    const target = createGuardedTarget()
    for (const name of ["a", "b", "c", "d", "e"]) await target.send("POST", "/Users", user(name))
    const numbers: unknown[] = []
    let query = "?limit=2"
    for (let page = 0; page < 3; page += 1) {
      const answer = await target.administer("GET", `/tenants/default/audit${query}`)
      numbers.push(listIn(answer, "entries").map(({ number }) => number))
      query = `?limit=2&before=${JSON.stringify(answer.json["next"] ?? {}).replaceAll(/\D/g, "")}`
    }
    expect(numbers).toEqual([[5, 4], [3, 2], [1]])
  })

  it.each(["?limit=0", "?limit=1001", "?limit=x", "?before=-1", "?from=yesterday", "?kind=other", "?unknown=1"])(
    "answers 400 to %s",
    async (query) => {
      const { administer } = createGuardedTarget()
      expect((await administer("GET", `/tenants/default/audit${query}`)).status).toBe(400)
    },
  )

  it("RFC7644-7.7-02 holds no token, no password and nothing of a body", async () => {
    const target = createGuardedTarget()
    const { call, administer } = target
    await call("POST", "/v2/Users", {
      token: TEST_TOKEN,
      body: user("ada", { password: "s3cret-1", title: "body-text" }),
    })
    await call("POST", "/v2/Users", { token: TEST_TOKEN, body: user("bob", { password: { x: "s3cret-2" } }) })
    await call("PUT", "/v2/Users/nobody?token=s3cret-3", { token: "s3cret-4", body: user("bob") })
    await call("GET", "/v2/Users", { headers: { authorization: "Bearer s3cret-5 x" } })
    const token = textIn(await administer("POST", "/tenants/default/tokens", { label: "Entra" }), "token")
    await call("POST", "/v2/Users", { token, body: user("eve") })
    const text = JSON.stringify(await entries(target))
    expect(text).not.toMatch(/s3cret|body-text|test-token|admin-token/)
    expect(text).not.toContain(token)
  })

  it("records a write in the commit that does it: where that fails, neither is there", async () => {
    const db = join(folder, "audit.db")
    const target = createGuardedTarget({ db })
    await target.send("POST", "/Users", user("ada"))
    await target.send("POST", "/Users", user("ada"))
    target.target.close()
    const database = new Database(db)
    const rows = database.prepare("SELECT action, status FROM audit ORDER BY seq").raw().all()
    expect(rows).toEqual([
      ["POST", 201],
      ["POST", 409],
    ])
    database.close()
  })

  it("leaves out writes and refusals where it is told to, never what is administered", async () => {
    const target = createGuardedTarget({ audited: false })
    await target.send("POST", "/Users", user("ada"))
    await target.call("GET", "/v2/Users", { token: "wrong" })
    await target.administer("POST", "/tenants/default/reset")
    expect((await entries(target)).map(({ action }) => action)).toEqual(["tenant.reset"])
  })
})

describe("AuditLog", () => {
  const event = { kind: "scim", actor: "a", action: "POST", resource: "Users/1", status: 201 } as const

  it("never goes back in time, though the clock may, from one start to the next too", () => {
    const database = openDatabase(":memory:")
    let nowMs = TEST_START_MS
    const clock = { now: () => nowMs }
    const first = new AuditLog(database, clock)
    first.record(event)
    nowMs -= 5000
    first.record(event)
    new AuditLog(database, clock).record(event)
    expect(first.read({ limit: 10 }).map(({ at }) => at)).toEqual([TEST_START_MS, TEST_START_MS, TEST_START_MS])
    database.close()
  })

  it("keeps a bounded number of entries, the newest", () => {
    const database = openDatabase(":memory:")
    const log = new AuditLog(database, { now: () => 0 }, 1500)
    for (let count = 0; count < 4000; count += 1) log.record(event)
    const kept = log.read({ limit: 10_000 })
    expect([kept.length, kept[0]?.seq, kept.at(-1)?.seq]).toEqual([1500, 4000, 2501])
    database.close()
  })
})
