import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it, vi } from "vitest"
import type { JsonObject } from "../json.ts"
import { CredentialStore } from "../store/credential-store.ts"
import { createGuardedTarget, listIn, textIn, textOf } from "../testing-guard.ts"
import type { GuardedTarget } from "../testing-guard.ts"
import { TEST_START_MS, TEST_TOKEN } from "../testing.ts"

const DAY_MS = 86_400_000
const TOKENS = "/tenants/default/tokens"

const folder = mkdtempSync(join(tmpdir(), "scimulate-"))
afterAll(() => rmSync(folder, { recursive: true }))

async function makeToken(target: GuardedTarget, body: JsonObject = {}): Promise<{ id: string; token: string }> {
  const made = await target.administer("POST", TOKENS, { label: "Entra", ...body })
  expect(made.status).toBe(201)
  return { id: textIn(made, "id"), token: textIn(made, "token") }
}

async function statusWith({ call }: GuardedTarget, token: string): Promise<number> {
  return (await call("GET", "/v2/Users", { token })).status
}

describe("a long-lived token", () => {
  it("WIRE-021 RFC7644-7.4-01 is made with 256 bits of chance, accepted verbatim, and never shown again", async () => {
    const target = createGuardedTarget()
    const { id, token } = await makeToken(target)
    expect(token).toMatch(/^scimulate_[\w-]{43}$/)
    expect(await statusWith(target, token)).toBe(200)
    const listed = await target.administer("GET", TOKENS)
    const one = await target.administer("GET", `${TOKENS}/${id}`)
    expect(listed.json).toEqual({ tokens: [one.json] })
    expect(one.json).toEqual({
      id,
      label: "Entra",
      role: "provisioning",
      created: "2026-03-01T12:00:00.000Z",
      secrets: [
        {
          id: expect.any(String),
          created: "2026-03-01T12:00:00.000Z",
          expires: "2027-03-01T12:00:00.000Z",
          lastUsed: "2026-03-01T12:00:00.000Z",
        },
      ],
    })
    expect(listed.text).not.toContain(token)
  })

  it("no two are alike", async () => {
    const target = createGuardedTarget()
    const made = [await makeToken(target), await makeToken(target), await makeToken(target)]
    expect(new Set(made.map(({ token }) => token)).size).toBe(3)
  })

  it("RFC7644-7.4-01 RFC6750-3-02 ends by the clock, to the millisecond", async () => {
    const target = createGuardedTarget()
    const { token } = await makeToken(target, { secretLifetimeSeconds: 3600 })
    target.clock.nowMs = TEST_START_MS + 3_599_999
    expect(await statusWith(target, token)).toBe(200)
    target.clock.nowMs = TEST_START_MS + 3_600_000
    const refused = await target.call("GET", "/v2/Users", { token })
    expect(refused.status).toBe(401)
    expect(refused.headers.get("www-authenticate")).toContain('error="invalid_token"')
  })

  it("RFC6750-3-02 is refused from the moment it is revoked, though it was accepted before", async () => {
    const target = createGuardedTarget()
    const { id, token } = await makeToken(target)
    expect(await statusWith(target, token)).toBe(200)
    expect((await target.administer("DELETE", `${TOKENS}/${id}`)).status).toBe(204)
    expect(await statusWith(target, token)).toBe(401)
    expect((await target.administer("GET", `${TOKENS}/${id}`)).status).toBe(404)
    expect((await target.administer("DELETE", `${TOKENS}/${id}`)).status).toBe(404)
  })

  it("is rotated with two live at once, until the first one's time is over", async () => {
    const target = createGuardedTarget()
    const { id, token: first } = await makeToken(target)
    const rotated = await target.administer("POST", `${TOKENS}/${id}/rotate`, { overlapSeconds: 3600 })
    const second = textIn(rotated, "token")
    expect([await statusWith(target, first), await statusWith(target, second)]).toEqual([200, 200])
    target.clock.nowMs += 3_599_999
    expect([await statusWith(target, first), await statusWith(target, second)]).toEqual([200, 200])
    target.clock.nowMs += 1
    expect([await statusWith(target, first), await statusWith(target, second)]).toEqual([401, 200])
    expect((await target.administer("GET", `${TOKENS}/${id}`)).json["secrets"]).toHaveLength(1)
  })

  it("has never more than two live, however often it is rotated within one instant", async () => {
    const target = createGuardedTarget()
    const { id, token } = await makeToken(target)
    const all = [token]
    for (let turn = 0; turn < 3; turn += 1)
      all.push(textIn(await target.administer("POST", `${TOKENS}/${id}/rotate`), "token"))
    const statuses = []
    for (const each of all) statuses.push(await statusWith(target, each))
    expect(statuses).toEqual([401, 401, 200, 200])
  })

  it("ends at once on a rotation without overlap, and never lives longer for being rotated", async () => {
    const target = createGuardedTarget()
    const { id, token: first } = await makeToken(target, { secretLifetimeSeconds: 60 })
    const second = textIn(await target.administer("POST", `${TOKENS}/${id}/rotate`, { overlapSeconds: 7200 }), "token")
    target.clock.nowMs += 60_000
    expect([await statusWith(target, first), await statusWith(target, second)]).toEqual([401, 200])
    const third = textIn(await target.administer("POST", `${TOKENS}/${id}/rotate`, { overlapSeconds: 0 }), "token")
    expect([await statusWith(target, second), await statusWith(target, third)]).toEqual([401, 200])
  })

  it("loses one of its two secrets where only that is revoked", async () => {
    const target = createGuardedTarget()
    const { id, token: first } = await makeToken(target)
    const rotated = await target.administer("POST", `${TOKENS}/${id}/rotate`)
    const second = textIn(rotated, "token")
    const [oldest] = listIn(rotated, "secrets").map((secret) => textOf(secret, "id"))
    const path = `${TOKENS}/${id}/secrets/${oldest}`
    expect((await target.administer("DELETE", path)).status).toBe(204)
    expect([await statusWith(target, first), await statusWith(target, second)]).toEqual([401, 200])
    expect((await target.administer("DELETE", path)).status).toBe(404)
  })

  it("says when it was used last, whether the database knows it yet or not", async () => {
    const target = createGuardedTarget()
    const { id, token } = await makeToken(target)
    const lastUsed = async () => listIn(await target.administer("GET", `${TOKENS}/${id}`), "secrets")[0]?.["lastUsed"]
    expect(await lastUsed()).toBeNull()
    await statusWith(target, token)
    target.clock.nowMs += 30_000
    await statusWith(target, token)
    expect(await lastUsed()).toBe("2026-03-01T12:00:30.000Z")
    // A change forgets what was remembered, and not when it was used.
    await makeToken(target)
    expect(await lastUsed()).toBe("2026-03-01T12:00:30.000Z")
  })

  it("outlives the process with its last use; the file holds no token", async () => {
    const db = join(folder, "tokens.db")
    const first = createGuardedTarget({ db })
    const { id, token } = await makeToken(first)
    first.clock.nowMs += 10_000
    expect(await statusWith(first, token)).toBe(200)
    first.target.close()
    expect(readFileSync(db).includes(token)).toBe(false)
    const second = createGuardedTarget({ db })
    const listed = await second.administer("GET", `${TOKENS}/${id}`)
    expect(listIn(listed, "secrets")[0]?.["lastUsed"]).toBe("2026-03-01T12:00:10.000Z")
    expect(await statusWith(second, token)).toBe(200)
    second.target.close()
  })

  it("asks the database once for a token that it knows, and anew after each change", async () => {
    const target = createGuardedTarget()
    const { token } = await makeToken(target)
    const queries = vi.spyOn(CredentialStore.prototype, "findSecret")
    for (let request = 0; request < 20; request += 1) expect(await statusWith(target, token)).toBe(200)
    expect(queries).toHaveBeenCalledTimes(1)
    const { id } = await makeToken(target)
    await target.administer("DELETE", `${TOKENS}/${id}`)
    expect(await statusWith(target, token)).toBe(200)
    expect(queries).toHaveBeenCalledTimes(2)
    queries.mockRestore()
  })

  it.each([
    [{}, "label"],
    [{ label: "" }, "label"],
    [{ label: "x", role: "root" }, "role"],
    [{ label: "x", secretLifetimeSeconds: 0 }, "secretLifetimeSeconds"],
    [{ label: "x", secretLifetimeSeconds: 3 * 365 * 86_400 + 1 }, "secretLifetimeSeconds"],
    [{ label: "x", secretLifetimeSeconds: "60" }, "secretLifetimeSeconds"],
    [{ label: "x", accessTokenLifetimeSeconds: 3600 }, ""],
  ])("is not made from %j", async (body, place) => {
    const { administer } = createGuardedTarget()
    const refused = await administer("POST", TOKENS, body)
    expect(refused.status).toBe(400)
    expect(listIn(refused, "issues")[0]?.["path"]).toBe(place)
    expect((await administer("GET", TOKENS)).json).toEqual({ tokens: [] })
  })
})

describe("a token that was given when the target was opened", () => {
  it("is kept in memory only", async () => {
    const db = join(folder, "given.db")
    const first = createGuardedTarget({ db, tokens: ["given-token"] })
    expect(await statusWith(first, "given-token")).toBe(200)
    first.target.close()
    const second = createGuardedTarget({ db })
    expect(await statusWith(second, "given-token")).toBe(401)
    expect(await statusWith(second, TEST_TOKEN)).toBe(200)
    second.target.close()
    expect(readFileSync(db).includes("given-token")).toBe(false)
  })
})

describe("an OAuth client", () => {
  it("WIRE-026 has a secret that lives a year unless told, three years at most, and can be rotated", async () => {
    const target = createGuardedTarget()
    const path = "/tenants/default/clients"
    const made = await target.administer("POST", path, { label: "Entra" })
    expect(made.json).toMatchObject({ role: "provisioning", accessTokenLifetimeSeconds: 3600 })
    expect(listIn(made, "secrets")[0]?.["expires"]).toBe("2027-03-01T12:00:00.000Z")
    const long = await target.administer("POST", path, {
      label: "long",
      secretLifetimeSeconds: (3 * 365 * DAY_MS) / 1000,
    })
    expect(listIn(long, "secrets")[0]?.["expires"]).toBe("2029-02-28T12:00:00.000Z")
    const rotated = await target.administer("POST", `${path}/${textIn(made, "id")}/rotate`)
    expect(listIn(rotated, "secrets").map(({ expires }) => expires)).toEqual([
      "2026-03-02T12:00:00.000Z",
      "2027-03-01T12:00:00.000Z",
    ])
    const shown = await target.administer("GET", path)
    for (const secret of [textIn(made, "clientSecret"), textIn(rotated, "clientSecret")]) {
      expect(secret).toMatch(/^scimulate_[\w-]{43}$/)
      expect(shown.text).not.toContain(secret)
    }
  })

  it.each([3599, 21_601, 3600.5])(
    "WIRE-026 makes no access tokens that live %s seconds",
    async (accessTokenLifetimeSeconds) => {
      const { administer } = createGuardedTarget()
      const refused = await administer("POST", "/tenants/default/clients", { label: "x", accessTokenLifetimeSeconds })
      expect([refused.status, listIn(refused, "issues")[0]?.["path"]]).toEqual([400, "accessTokenLifetimeSeconds"])
    },
  )

  it("cannot be an administrator", async () => {
    const { administer } = createGuardedTarget()
    const refused = await administer("POST", "/tenants/default/clients", { label: "x", role: "administration" })
    expect(refused.status).toBe(400)
  })
})
