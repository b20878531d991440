import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { isJsonArray } from "../json.ts"
import type { JsonValue } from "../json.ts"
import { defects } from "../defects/index.ts"
import { ADMIN_TOKEN, createGuardedTarget, listIn, textIn } from "../testing-guard.ts"
import { column, group, TEST_TOKEN, user } from "../testing.ts"

describe("the administration API", () => {
  it("takes administration tokens, given or made, and no others", async () => {
    const { administer, call } = createGuardedTarget()
    const path = "/tenants/default/tokens"
    const made = await administer("POST", path, { label: "second", role: "administration" })
    const reader = textIn(await administer("POST", path, { label: "reader", role: "read-only" }), "token")
    const statuses = []
    for (const token of [ADMIN_TOKEN, textIn(made, "token"), reader, "guess", undefined]) {
      const { status } = await call("GET", "/admin/tenants", token === undefined ? {} : { token })
      statuses.push(status)
    }
    expect(statuses).toEqual([200, 200, 403, 401, 401])
    expect((await call("GET", "/admin/tenants", { token: TEST_TOKEN })).status).toBe(401)
    expect((await administer("DELETE", `${path}/${textIn(made, "id")}`)).status).toBe(204)
    expect((await call("GET", "/admin/tenants", { token: textIn(made, "token") })).status).toBe(401)
  })

  it("is closed to everybody where no administrator was ever named", async () => {
    const { call } = createGuardedTarget({ administrators: [] })
    for (const token of [ADMIN_TOKEN, TEST_TOKEN])
      expect((await call("GET", "/admin/tenants", { token })).status).toBe(401)
  })

  it("RFC 9457: tells errors as problem details that say what is wrong, where, and nothing about itself", async () => {
    const { administer, call } = createGuardedTarget()
    const refused = await administer("POST", "/tenants", {
      name: "Acme!",
      settings: { rateLimit: { requests: 0 } },
      x: 1,
    })
    expect(refused.status).toBe(400)
    expect(refused.headers.get("content-type")).toBe("application/problem+json")
    expect(refused.json).toMatchObject({ type: "about:blank", title: "Bad Request", status: 400 })
    expect(listIn(refused, "issues").map(({ path }) => path)).toEqual(
      expect.arrayContaining(["name", "settings.rateLimit.requests", "settings.rateLimit.perMs", ""]),
    )
    const challenged = await call("GET", "/admin/tenants")
    expect(challenged.json).toMatchObject({ title: "Unauthorized", status: 401 })
    expect(challenged.headers.get("www-authenticate")).toBe('Bearer realm="scimulate"')
  })

  it.each<[string, string, JsonValue | undefined, number]>([
    ["GET", "/nothing", undefined, 404],
    ["POST", "", {}, 405],
    ["PUT", "/tenants", {}, 405],
    ["GET", "/tenants/nobody", undefined, 404],
    ["GET", "/tenants/nobody/tokens", undefined, 404],
    ["POST", "/tenants/nobody/reset", undefined, 404],
    ["GET", "/tenants/default/tokens/nothing", undefined, 404],
    ["POST", "/tenants/default/tokens/nothing/rotate", {}, 404],
    ["DELETE", "/tenants/default/clients/nothing", undefined, 404],
    ["DELETE", "/tenants/default", undefined, 409],
    ["POST", "/tenants", "{", 400],
    ["POST", "/tenants", "[]", 400],
    ["POST", "/tenants", "null", 400],
    ["POST", "/tenants", '{"__proto__":{"name":"acme"}}', 400],
    ["POST", "/tenants", { name: "acme", settings: { allowedAddresses: ["10.0.0.0/33"] } }, 400],
    ["POST", "/tenants", { name: "acme", settings: { jwt: { issuer: "x", audience: "y" } } }, 400],
    ["PATCH", "/tenants/default", { settings: { rateLimit: 5 } }, 400],
    ["PATCH", "/tenants/default", { rateLimit: null }, 400],
    ["PUT", "/tenants/default/defects", { on: ["no-such-defect"] }, 400],
    ["POST", "/tenants/default/tokens/x/rotate", { overlapSeconds: -1 }, 400],
  ])("answers %s %s %j with %s, and records nothing done", async (method, path, body, status) => {
    const { administer } = createGuardedTarget()
    const refused = await administer(method, path, body)
    expect([refused.status, refused.json["status"]]).toEqual([status, status])
    expect((await administer("GET", "/tenants/default/audit")).json["entries"]).toEqual([])
  })

  it("takes JSON only, and no endless body", async () => {
    const { call } = createGuardedTarget()
    const post = (body: string, headers: Readonly<Record<string, string>> = {}) =>
      call("POST", "/admin/tenants", { token: ADMIN_TOKEN, body, headers })
    expect((await post("name=acme", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(415)
    expect((await post(JSON.stringify({ name: "x".repeat(300_000) }))).status).toBe(413)
  })

  it("slows down guessing", async () => {
    const { call, administer, clock } = createGuardedTarget()
    const guess = () => call("GET", "/admin/tenants", { token: "guess" })
    for (let attempt = 0; attempt < 60; attempt += 1) expect((await guess()).status).toBe(401)
    const slowed = await guess()
    expect([slowed.status, slowed.headers.get("retry-after")]).toEqual([429, "1"])
    expect((await administer("GET", "/tenants")).status).toBe(200)
    clock.nowMs += 1000
    expect((await guess()).status).toBe(401)
  })

  it("lets nothing be kept on the way", async () => {
    const { administer } = createGuardedTarget()
    for (const answer of [
      await administer("GET", "/tenants"),
      await administer("POST", "/tenants/default/tokens", { label: "x" }),
      await administer("GET", "/nothing"),
    ]) {
      expect(answer.headers.get("cache-control")).toBe("no-store")
    }
  })

  it("is documented: every endpoint and method, and nothing that is not there", async () => {
    const text = readFileSync(new URL("../../docs/administration.md", import.meta.url), "utf8")
    const documented = [...text.matchAll(/^\| `([A-Z]+ \/admin[^`?]*)/gm)].map(([, endpoint]) => endpoint)
    const { administer } = createGuardedTarget()
    const served = (await administer("GET", "")).json["endpoints"]
    expect(isJsonArray(served) && served.length).toBe(documented.length)
    expect(served).toEqual(expect.arrayContaining(documented))
  })
})

describe("defects", () => {
  it("are switched on and off while the server runs, for one tenant", async () => {
    const { administer, call } = createGuardedTarget({ tenants: { acme: ["acme-token"] } })
    const path = "/tenants/acme/defects"
    const listed = await administer("GET", path)
    expect(listed.json["on"]).toEqual([])
    expect(listIn(listed, "known").map(({ name }) => name)).toEqual(defects.map(({ name }) => name))
    expect((await administer("PUT", path, { on: ["delete-unknown-500", "wrong-token-404"] })).status).toBe(200)
    const remove = (tenantPath: string, token: string) => call("DELETE", `${tenantPath}/v2/Users/nobody`, { token })
    expect((await remove("/t/acme", "acme-token")).status).toBe(500)
    expect((await call("GET", "/t/acme/v2/Users", { token: "wrong" })).status).toBe(404)
    expect((await remove("", TEST_TOKEN)).status).toBe(404)
    expect((await administer("GET", path)).json["on"]).toEqual(["delete-unknown-500", "wrong-token-404"])
    await administer("PUT", path, { on: [] })
    expect((await remove("/t/acme", "acme-token")).status).toBe(404)
  })

  it("that are misspelt are answered with the right name", async () => {
    const { administer } = createGuardedTarget()
    const refused = await administer("PUT", "/tenants/default/defects", { on: ["delete-unknown-50"] })
    expect(refused.json["detail"]).toBe(
      'There is no defect called "delete-unknown-50". Did you mean delete-unknown-500?',
    )
  })
})

describe("a reset", () => {
  it("removes all resources of one tenant, and leaves its tokens and everybody else alone", async () => {
    const { administer, call, create, send } = createGuardedTarget({ tenants: { acme: ["acme-token"] } })
    const id = await create("/Users", user("ada", { password: "s3cret" }))
    await create("/Groups", group("team", [id]))
    await call("POST", "/t/acme/v2/Users", { token: "acme-token", body: user("ada") })
    const token = textIn(await administer("POST", "/tenants/default/tokens", { label: "kept" }), "token")
    expect((await administer("POST", "/tenants/default/reset")).status).toBe(204)
    expect((await call("GET", "/v2/Users", { token })).json["totalResults"]).toBe(0)
    expect((await send("GET", "/Groups")).json["totalResults"]).toBe(0)
    expect((await send("GET", `/Users/${id}`)).status).toBe(404)
    expect((await call("GET", "/t/acme/v2/Users", { token: "acme-token" })).json["totalResults"]).toBe(1)
    await create("/Users", user("ada"))
    expect(column(await send("GET", '/Users?filter=userName eq "ada"'), "userName")).toEqual(["ada"])
  })
})

describe("settings of a tenant", () => {
  it("are merged: what is null is taken away, what is not named stays", async () => {
    const { administer } = createGuardedTarget()
    await administer("POST", "/tenants", { name: "acme", settings: { allowedAddresses: ["10.0.0.0/8"] } })
    const rateLimit = { requests: 5, perMs: 1000 }
    const changed = await administer("PATCH", "/tenants/acme", { settings: { rateLimit } })
    expect(changed.json).toEqual({
      name: "acme",
      created: "2026-03-01T12:00:00.000Z",
      path: "/t/acme",
      settings: { allowedAddresses: ["10.0.0.0/8"], rateLimit },
    })
    await administer("PATCH", "/tenants/acme", { settings: { allowedAddresses: null } })
    expect((await administer("GET", "/tenants/acme")).json["settings"]).toEqual({ rateLimit })
  })
})
