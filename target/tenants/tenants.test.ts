import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { BULK_REQUEST_URN, PATCH_OP_URN, SEARCH_REQUEST_URN } from "../../protocol/index.ts"
import type { JsonValue } from "../json.ts"
import { createTarget } from "../target.ts"
import { createGuardedTarget, listIn, textIn } from "../testing-guard.ts"
import type { CallOptions, GuardedTarget, Reply } from "../testing-guard.ts"
import { group, TEST_TOKEN, user } from "../testing.ts"

const folder = mkdtempSync(join(tmpdir(), "scimulate-"))
afterAll(() => rmSync(folder, { recursive: true }))

const TENANTS = { acme: ["acme-token"], zeta: ["zeta-token"] }
type Name = keyof typeof TENANTS

function as(target: GuardedTarget, tenant: Name) {
  return (method: string, path: string, options: CallOptions = {}): Promise<Reply> =>
    target.call(method, `/t/${tenant}/v2${path}`, { token: `${tenant}-token`, ...options })
}

describe("tenants", () => {
  it("RFC7644-6-01 have endpoints, links and names of their own, and one may have what another has", async () => {
    const target = createGuardedTarget({ tenants: TENANTS })
    const [acme, zeta] = [as(target, "acme"), as(target, "zeta")]
    const created = await acme("POST", "/Users", { body: user("ada") })
    const id = textIn(created, "id")
    expect(created.status).toBe(201)
    expect(created.headers.get("location")).toBe(`https://example.com/t/acme/v2/Users/${id}`)
    expect(created.json["meta"]).toMatchObject({ location: `https://example.com/t/acme/v2/Users/${id}` })
    expect((await acme("GET", "/Schemas")).text).toContain("https://example.com/t/acme/v2/Schemas/")
    // Uniqueness ends where the tenant ends.
    expect((await zeta("POST", "/Users", { body: user("ada") })).status).toBe(201)
    expect((await acme("POST", "/Users", { body: user("ada") })).status).toBe(409)
    expect((await target.send("POST", "/Users", user("ada"))).status).toBe(201)
  })

  it("RFC7644-6-01 name themselves by the address that was called where no base URL is fixed", async () => {
    const target = createTarget({ clock: { now: () => 0 }, ids: { next: () => "id" }, tenants: TENANTS })
    const request = new Request("http://localhost:8080/t/acme/scim/v2/ServiceProviderConfig?x=/t/zeta/")
    const response = await target.fetch(request)
    expect(await response.json()).toMatchObject({
      meta: { location: "http://localhost:8080/t/acme/scim/v2/ServiceProviderConfig" },
    })
  })

  it("RFC7644-6-01 take their own tokens and nobody else's", async () => {
    const target = createGuardedTarget({ tenants: TENANTS })
    const paths = { default: "/v2/Users", acme: "/t/acme/v2/Users", zeta: "/t/zeta/v2/Users" }
    const tokens = { default: TEST_TOKEN, acme: "acme-token", zeta: "zeta-token" }
    for (const [tenant, path] of Object.entries(paths)) {
      for (const [owner, token] of Object.entries(tokens)) {
        const { status } = await target.call("GET", path, { token })
        expect([tenant, owner, status]).toEqual([tenant, owner, tenant === owner ? 200 : 401])
      }
    }
  })

  it("RFC7644-6-01 have made tokens, OAuth clients and their tokens for themselves alone", async () => {
    const target = createGuardedTarget({ tenants: TENANTS })
    const made = await target.administer("POST", "/tenants/acme/tokens", { label: "Entra" })
    const client = await target.administer("POST", "/tenants/acme/clients", { label: "Entra" })
    const form = {
      grant_type: "client_credentials",
      client_id: textIn(client, "id"),
      client_secret: textIn(client, "clientSecret"),
    }
    expect((await target.askForToken(form)).status).toBe(401)
    expect((await target.askForToken(form, { tenant: "zeta" })).status).toBe(401)
    const issued = await target.askForToken(form, { tenant: "acme" })
    for (const token of [textIn(made, "token"), textIn(issued, "access_token")]) {
      expect((await target.call("GET", "/t/acme/v2/Users", { token })).status).toBe(200)
      expect((await target.call("GET", "/t/zeta/v2/Users", { token })).status).toBe(401)
      expect((await target.call("GET", "/v2/Users", { token })).status).toBe(401)
    }
    expect((await target.administer("GET", "/tenants/zeta/tokens")).json).toEqual({ tokens: [] })
    expect((await target.administer("GET", "/tenants/default/clients")).json).toEqual({ clients: [] })
  })

  it("RFC7644-6-01 RFC6585-4-01 use up nobody's allowance but their own", async () => {
    const target = createGuardedTarget({ tenants: TENANTS, rateLimit: { requests: 1, perMs: 60_000 } })
    expect((await as(target, "acme")("GET", "/Users")).status).toBe(200)
    expect((await as(target, "acme")("GET", "/Users")).status).toBe(429)
    expect((await as(target, "zeta")("GET", "/Users")).status).toBe(200)
    expect((await target.send("GET", "/Users")).status).toBe(200)
    const settings = { rateLimit: { requests: 2, perMs: 60_000 } }
    expect((await target.administer("PATCH", "/tenants/acme", { settings })).status).toBe(200)
    const statuses = [await as(target, "acme")("GET", "/Users"), await as(target, "acme")("GET", "/Users")]
    expect(statuses.map(({ status }) => status)).toEqual([200, 200])
    expect((await as(target, "acme")("GET", "/Users")).status).toBe(429)
    expect((await as(target, "zeta")("GET", "/Users")).status).toBe(429)
  })

  it("RFC7644-6-01 keep what happened to them, and nothing of the others", async () => {
    const target = createGuardedTarget({ tenants: TENANTS })
    await as(target, "acme")("POST", "/Users", { body: user("ada") })
    await as(target, "zeta")("DELETE", "/Users/nobody")
    const logs = []
    for (const tenant of ["acme", "zeta", "default"]) {
      const { json } = await target.administer("GET", `/tenants/${tenant}/audit`)
      logs.push(json["entries"])
    }
    expect(logs).toMatchObject([[{ action: "POST", status: 201 }], [{ action: "DELETE", status: 404 }], []])
  })

  it("answer 404 where there is none of that name, and where only its name was called", async () => {
    const target = createGuardedTarget({ tenants: TENANTS })
    const nowhere = [
      "/t/nobody/v2/Users",
      "/t/default/v2/Users",
      "/t//v2/Users",
      "/t/acme",
      "/t/acme/v3/Users",
      "/t/acme/v22/Users",
    ]
    for (const path of nowhere) {
      const answer = await target.call("GET", path, { token: "acme-token" })
      expect([path, answer.status, answer.json["status"]]).toEqual([path, 404, "404"])
    }
    expect((await target.call("GET", "/t/%61cme/v2/Users", { token: "acme-token" })).status).toBe(404)
  })

  it.each(["default", "", "Acme", "a/b", "../x", "a.b", "-a", "a-", "x".repeat(64), "__proto__"])(
    "cannot be called %j",
    async (name) => {
      expect(() => createGuardedTarget({ tenants: Object.fromEntries([[name, []]]) })).toThrow(
        /cannot be a tenant's name/,
      )
      const { administer } = createGuardedTarget()
      expect((await administer("POST", "/tenants", { name })).status).toBe(name === "default" ? 409 : 400)
    },
  )
})

describe("tenants on a file", () => {
  it("have a file each beside the first, are there after a restart, and are gone with their data once removed", async () => {
    const db = join(folder, "people.db")
    const first = createGuardedTarget({ db, tenants: { acme: ["acme-token"] } })
    await first.administer("POST", "/tenants", { name: "zeta", settings: { rateLimit: { requests: 5, perMs: 1000 } } })
    const token = textIn(await first.administer("POST", "/tenants/zeta/tokens", { label: "Entra" }), "token")
    expect((await first.call("POST", "/t/zeta/v2/Users", { token, body: user("ada") })).status).toBe(201)
    first.target.close()
    expect(readdirSync(`${db}.tenants`)).toEqual(["zeta.db"])

    const second = createGuardedTarget({ db })
    expect(listIn(await second.administer("GET", "/tenants"), "tenants")).toMatchObject([
      { name: "default", path: "" },
      { name: "acme", path: "/t/acme", settings: {} },
      { name: "zeta", path: "/t/zeta", settings: { rateLimit: { requests: 5, perMs: 1000 } } },
    ])
    expect((await second.call("GET", "/t/zeta/v2/Users", { token })).json["totalResults"]).toBe(1)
    expect((await second.administer("DELETE", "/tenants/zeta")).status).toBe(204)
    expect((await second.call("GET", "/t/zeta/v2/Users", { token })).status).toBe(404)
    expect(existsSync(join(`${db}.tenants`, "zeta.db"))).toBe(false)
    await second.administer("POST", "/tenants", { name: "zeta" })
    expect((await second.call("GET", "/t/zeta/v2/Users", { token })).status).toBe(401)
    second.target.close()

    const third = createGuardedTarget({ db, tenants: { zeta: ["zeta-token"] } })
    expect((await as(third, "zeta")("GET", "/Users")).json["totalResults"]).toBe(0)
    third.target.close()
  })
})

/** What either tenant might be asked, by somebody who knows the ids of both. */
type Step = { readonly tenant: Name; readonly method: string; readonly path: string; readonly body?: JsonValue }

function stepsBetween(own: { readonly acme: string; readonly zeta: string }) {
  const id = fc.constantFrom(own.acme, own.zeta)
  const tenant = fc.constantFrom<Name>("acme", "zeta")
  const location = fc.tuple(tenant, id).map(([name, one]) => `https://example.com/t/${name}/v2/Users/${one}`)
  const filter = fc.oneof(
    id.map((one) => `id eq "${one}"`),
    location.map((url) => `meta.location eq "${url}"`),
    fc.constant("userName pr or id pr"),
    id.map((one) => `groups.value eq "${one}" or userName sw "secret"`),
  )
  const member = id.map((one) => group("team", [one]))
  const patched = id.map((one) => ({
    schemas: [PATCH_OP_URN],
    Operations: [{ op: "add", path: "members", value: [{ value: one }] }],
  }))
  const request = fc.oneof(
    id.map((one) => ({ method: "GET", path: `/Users/${one}` })),
    filter.map((text) => ({ method: "GET", path: `/Users?filter=${encodeURIComponent(text)}` })),
    filter.map((text) => ({ method: "POST", path: "/.search", body: { schemas: [SEARCH_REQUEST_URN], filter: text } })),
    fc.constant({ method: "GET", path: "/?attributes=userName" }),
    member.map((body) => ({ method: "POST", path: "/Groups", body })),
    id.chain((one) => patched.map((body) => ({ method: "PATCH", path: `/Groups/${one}`, body }))),
    id.map((one) => ({ method: "PUT", path: `/Users/${one}`, body: user("taken") })),
    id.map((one) => ({
      method: "POST",
      path: "/Bulk",
      body: { schemas: [BULK_REQUEST_URN], Operations: [{ method: "DELETE", path: `/Users/${one}` }] },
    })),
    location.map((url) => ({ method: "GET", path: `/Users/${encodeURIComponent(url)}` })),
    fc.constant({ method: "GET", path: "/../../zeta/v2/Users" }),
  )
  return fc.array(
    fc.tuple(tenant, request).map(([name, one]): Step => ({ tenant: name, ...one })),
    { maxLength: 20 },
  )
}

describe("whatever one tenant is asked", () => {
  it("RFC7644-6-01 RFC7644-7.7-02 no answer, error, link or audit entry holds anything of another", async () => {
    const made = async () => {
      const target = createGuardedTarget({ tenants: TENANTS })
      const own = { acme: "", zeta: "" }
      for (const tenant of ["acme", "zeta"] as const) {
        const body = user(`secret-of-${tenant}`, { displayName: `only-${tenant}` })
        own[tenant] = textIn(await as(target, tenant)("POST", "/Users", { body }), "id")
      }
      return { target, own }
    }
    // Ids are counted: the same in every run.
    const { own } = await made()
    await fc.assert(
      fc.asyncProperty(stepsBetween(own), async (steps) => {
        const { target } = await made()
        for (const { tenant, method, path, body } of steps) {
          const answer = await as(target, tenant)(method, path, body === undefined ? {} : { body })
          expect(answer.status).toBeLessThan(500)
          assertApart(tenant, [answer.text, JSON.stringify([...answer.headers])], path)
        }
        for (const tenant of ["acme", "zeta"] as const) {
          const other = tenant === "acme" ? "zeta" : "acme"
          const { text } = await target.administer("GET", `/tenants/${tenant}/audit`)
          expect(text).not.toContain(`only-${other}`)
          const { json } = await as(target, other)("GET", `/Users/${own[other]}`)
          // What happened to it was asked of its own tenant.
          const isGone = steps.some((step) => step.tenant === other && step.method !== "GET")
          if (!isGone) expect(json["userName"]).toBe(`secret-of-${other}`)
        }
        target.target.close()
      }),
      { seed: 7, numRuns: 60 },
    )
  })
})

/** Nothing of the other tenant but what was sent itself: ids in the path come back in errors. */
function assertApart(tenant: Name, texts: readonly string[], path: string): void {
  const other = tenant === "acme" ? "zeta" : "acme"
  const isNamed = path.includes(other)
  for (const text of texts) {
    expect(text).not.toContain(`secret-of-${other}`)
    expect(text).not.toContain(`only-${other}`)
    if (!isNamed) expect(text).not.toContain(`/t/${other}/`)
  }
}

describe("changes at the same time", () => {
  it("make one tenant of a name, and bring none back that was removed", async () => {
    const db = join(folder, "races.db")
    const { administer, target } = createGuardedTarget({ db })
    const made = await Promise.all([1, 2, 3].map(() => administer("POST", "/tenants", { name: "acme" })))
    expect(made.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409])
    const [gone, changed] = await Promise.all([
      administer("DELETE", "/tenants/acme"),
      administer("PATCH", "/tenants/acme", { settings: { rateLimit: { requests: 1, perMs: 1 } } }),
    ])
    expect([gone.status, changed.status]).toEqual([204, 404])
    expect(listIn(await administer("GET", "/tenants"), "tenants").map(({ name }) => name)).toEqual(["default"])
    target.close()
  })
})

describe("a target that cannot be opened", () => {
  it("lets go of its file", () => {
    const db = join(folder, "released.db")
    for (const wrong of [{ defects: ["no-such-defect"] }, { tenants: { Acme: [] } }, { allowedAddresses: ["x"] }]) {
      expect(() => createGuardedTarget({ db, ...wrong })).toThrow(RangeError)
    }
    createGuardedTarget({ db }).target.close()
  })
})
