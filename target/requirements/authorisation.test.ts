import { describe, expect, it } from "vitest"
import { SEARCH_REQUEST_URN } from "../../protocol/index.ts"
import { ADMIN_TOKEN, createGuardedTarget, textIn } from "../testing-guard.ts"
import { column, patch, TEST_TOKEN, user } from "../testing.ts"

async function targetWithReader() {
  const target = createGuardedTarget()
  const reader = textIn(
    await target.administer("POST", "/tenants/default/tokens", { label: "reader", role: "read-only" }),
    "token",
  )
  const id = await target.create("/Users", user("ada"))
  return { ...target, reader, id }
}

describe("a token that may only read", () => {
  it("RFC7644-2-02 RFC6750-3.1-02 is refused every write with 403, a SCIM error and insufficient_scope, and nothing changes", async () => {
    const { call, send, reader, id } = await targetWithReader()
    const before = await send("GET", "/Users")
    const writes = [
      ["POST", "/v2/Users", user("bob")],
      ["PUT", `/v2/Users/${id}`, user("eve")],
      ["PATCH", `/v2/Users/${id}`, patch({ op: "replace", path: "active", value: false })],
      ["DELETE", `/v2/Users/${id}`, undefined],
      ["POST", "/v2/Bulk", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations: [] }],
    ] as const
    for (const [method, path, body] of writes) {
      const refused = await call(method, path, { token: reader, ...(body !== undefined && { body }) })
      expect([method, refused.status]).toEqual([method, 403])
      expect(refused.headers.get("content-type")).toBe("application/scim+json")
      expect(refused.json).toMatchObject({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        status: "403",
        detail: "This token may read, and change nothing.",
      })
      expect(refused.headers.get("www-authenticate")).toBe(
        'Bearer realm="scimulate", error="insufficient_scope", scope="provisioning"',
      )
    }
    expect((await send("GET", "/Users")).text).toBe(before.text)
  })

  it("RFC7644-2-02 reads, and searches by POST too", async () => {
    const { call, reader, id } = await targetWithReader()
    expect((await call("GET", `/v2/Users/${id}`, { token: reader })).status).toBe(200)
    for (const path of ["/v2/Users/.search", "/v2/.search"]) {
      const body = { schemas: [SEARCH_REQUEST_URN], filter: 'userName eq "ada"' }
      const found = await call("POST", path, { token: reader, body })
      expect([found.status, found.json["totalResults"]]).toEqual([200, 1])
    }
  })
})

describe("an administration token", () => {
  it("RFC7644-2-02 sees no resource and changes none, whether it was given or made", async () => {
    const { call, administer, send, create } = createGuardedTarget()
    await create("/Users", user("ada"))
    const made = textIn(
      await administer("POST", "/tenants/default/tokens", { label: "second", role: "administration" }),
      "token",
    )
    for (const token of [ADMIN_TOKEN, made]) {
      for (const [method, path] of [
        ["GET", "/v2/Users"],
        ["POST", "/v2/Users"],
        ["GET", "/v2/Schemas"],
      ] as const) {
        const refused = await call(method, path, { token, ...(method === "POST" && { body: user("bob") }) })
        expect([refused.status, refused.json["status"]]).toEqual([403, "403"])
        expect(refused.text).not.toContain("ada")
      }
    }
    expect(column(await send("GET", "/Users"), "userName")).toEqual(["ada"])
  })
})

describe("a rate limit", () => {
  const rateLimit = { requests: 3, perMs: 60_000 }

  it("RFC6585-4-01 answers 429 with Retry-After and a SCIM error beyond the allowance, which comes back by the clock", async () => {
    const { call, clock } = createGuardedTarget({ rateLimit })
    const read = () => call("GET", "/v2/Users", { token: TEST_TOKEN })
    expect([(await read()).status, (await read()).status, (await read()).status]).toEqual([200, 200, 200])
    const refused = await read()
    expect(refused.status).toBe(429)
    expect(refused.headers.get("retry-after")).toBe("20")
    expect(refused.headers.get("content-type")).toBe("application/scim+json")
    expect(refused.json).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "429",
      detail: "This tenant's requests come too fast: wait, and repeat it.",
    })
    clock.nowMs += 19_999
    expect((await read()).headers.get("retry-after")).toBe("1")
    clock.nowMs += 1
    expect((await read()).status).toBe(200)
    expect((await read()).status).toBe(429)
  })

  it("RFC6585-4-01 leaves a write undone that it refuses", async () => {
    const { call, clock } = createGuardedTarget({ rateLimit: { requests: 1, perMs: 1000 } })
    expect((await call("POST", "/v2/Users", { token: TEST_TOKEN, body: user("ada") })).status).toBe(201)
    expect((await call("POST", "/v2/Users", { token: TEST_TOKEN, body: user("bob") })).status).toBe(429)
    clock.nowMs += 1000
    expect((await call("GET", "/v2/Users", { token: TEST_TOKEN })).json["totalResults"]).toBe(1)
  })

  it("RFC7644-7.7-01 slows down guessing, without taking anything from those with the right token", async () => {
    const { call, clock } = createGuardedTarget({ rateLimit })
    const guess = () => call("GET", "/v2/Users", { token: "a guess" })
    expect([(await guess()).status, (await guess()).status, (await guess()).status]).toEqual([401, 401, 401])
    const slowed = await guess()
    expect([slowed.status, slowed.headers.get("retry-after")]).toEqual([429, "20"])
    expect((await call("GET", "/v2/Users", { token: TEST_TOKEN })).status).toBe(200)
    clock.nowMs += 20_000
    expect((await guess()).status).toBe(401)
  })
})
