import { describe, expect, it } from "vitest"
import type { JsonObject } from "../../json.ts"
import { createGuardedTarget, listIn, textIn } from "../../testing-guard.ts"
import type { GuardedTarget } from "../../testing-guard.ts"
import { user } from "../../testing.ts"

interface Client {
  readonly id: string
  readonly secret: string
}

async function makeClient(target: GuardedTarget, body: JsonObject = {}, tenant = "default"): Promise<Client> {
  const made = await target.administer("POST", `/tenants/${tenant}/clients`, { label: "Entra", ...body })
  return { id: textIn(made, "id"), secret: textIn(made, "clientSecret") }
}

function basic({ id, secret }: Client): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` }
}

function posted({ id, secret }: Client): Readonly<Record<string, string>> {
  return { client_id: id, client_secret: secret }
}

const GRANT = { grant_type: "client_credentials" }

describe("the token endpoint", () => {
  it("WIRE-024 WIRE-025 RFC 6749 §5.1: gives a bearer token for credentials in the body or in the header", async () => {
    const target = createGuardedTarget()
    const client = await makeClient(target)
    const answers = [
      await target.askForToken({ ...GRANT, ...posted(client) }),
      await target.askForToken(GRANT, { headers: basic(client) }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(answer.json).toEqual({
        access_token: expect.stringMatching(/^scimulate_[\w-]{43}$/),
        token_type: "Bearer",
        expires_in: 3600,
        scope: "provisioning",
      })
      expect(answer.headers.get("cache-control")).toBe("no-store")
      expect(answer.headers.get("pragma")).toBe("no-cache")
      expect(answer.headers.get("content-type")).toBe("application/json;charset=UTF-8")
      const token = textIn(answer, "access_token")
      expect((await target.call("POST", "/v2/Users", { token, body: user(token) })).status).toBe(201)
    }
  })

  it("WIRE-026 the token lives as long as the client says, by the clock", async () => {
    const target = createGuardedTarget()
    const client = await makeClient(target, { accessTokenLifetimeSeconds: 21_600 })
    const answer = await target.askForToken({ ...GRANT, ...posted(client) })
    expect(answer.json["expires_in"]).toBe(21_600)
    const token = textIn(answer, "access_token")
    target.clock.nowMs += 21_599_999
    expect((await target.call("GET", "/v2/Users", { token })).status).toBe(200)
    target.clock.nowMs += 1
    expect((await target.call("GET", "/v2/Users", { token })).status).toBe(401)
  })

  it("RFC 6749 §2.3.1: id and secret in the header are form-encoded, the scheme in any case", async () => {
    const target = createGuardedTarget({ oauthClients: [{ id: "a:b c", secret: "s:%+é" }] })
    const encoded = { id: "a%3Ab+c", secret: "s%3A%25%2B%C3%A9" }
    for (const { authorization } of [basic(encoded)]) {
      for (const header of [
        authorization,
        authorization.replace("Basic", "basic"),
        authorization.replace("Basic", "BASIC "),
      ]) {
        expect((await target.askForToken(GRANT, { headers: { authorization: header } })).status).toBe(200)
      }
    }
  })

  it("a client that was given when the target was opened is accepted, its tokens too", async () => {
    const target = createGuardedTarget({ oauthClients: [{ id: "entra", secret: "s3cret" }] })
    const answer = await target.askForToken({ ...GRANT, client_id: "entra", client_secret: "s3cret" })
    expect(answer.json["expires_in"]).toBe(3600)
    const token = textIn(answer, "access_token")
    expect((await target.call("GET", "/v2/Users", { token })).status).toBe(200)
    target.clock.nowMs += 3_600_000
    expect((await target.call("GET", "/v2/Users", { token })).status).toBe(401)
    expect((await target.askForToken({ ...GRANT, client_id: "entra", client_secret: "wrong" })).status).toBe(401)
  })

  it("RFC 6749 §3.3: a scope may take less than the client has, never more", async () => {
    const target = createGuardedTarget()
    const writer = await makeClient(target)
    const reader = await makeClient(target, { role: "read-only" })
    const less = await target.askForToken({ ...GRANT, ...posted(writer), scope: "read-only" })
    expect(less.json["scope"]).toBe("read-only")
    const token = textIn(less, "access_token")
    expect((await target.call("POST", "/v2/Users", { token, body: user("ada") })).status).toBe(403)
    expect((await target.askForToken({ ...GRANT, ...posted(reader) })).json["scope"]).toBe("read-only")
    for (const [client, scope] of [
      [reader, "provisioning"],
      [reader, "read-only provisioning"],
      [writer, "administration"],
      [writer, "read-only  provisioning"],
    ] as const) {
      const refused = await target.askForToken({ ...GRANT, ...posted(client), scope })
      expect([refused.status, refused.json["error"]]).toEqual([400, "invalid_scope"])
    }
  })

  it("a revoked client's tokens end with it, and a rotated secret goes on beside the new one for a while", async () => {
    const target = createGuardedTarget()
    const client = await makeClient(target)
    const token = textIn(await target.askForToken({ ...GRANT, ...posted(client) }), "access_token")
    const path = `/tenants/default/clients/${client.id}`
    const renewed = textIn(await target.administer("POST", `${path}/rotate`, { overlapSeconds: 60 }), "clientSecret")
    expect((await target.askForToken({ ...GRANT, ...posted(client) })).status).toBe(200)
    target.clock.nowMs += 60_000
    expect((await target.askForToken({ ...GRANT, ...posted(client) })).json["error"]).toBe("invalid_client")
    expect((await target.askForToken({ ...GRANT, ...posted({ ...client, secret: renewed }) })).status).toBe(200)
    expect((await target.call("GET", "/v2/Users", { token })).status).toBe(200)
    expect((await target.administer("DELETE", path)).status).toBe(204)
    expect((await target.call("GET", "/v2/Users", { token })).status).toBe(401)
    expect((await target.askForToken({ ...GRANT, ...posted({ ...client, secret: renewed }) })).status).toBe(401)
  })

  it("a client's secret is no bearer token, and a bearer token no client's secret", async () => {
    const target = createGuardedTarget()
    const client = await makeClient(target)
    expect((await target.call("GET", "/v2/Users", { token: client.secret })).status).toBe(401)
    const token = textIn(await target.askForToken({ ...GRANT, ...posted(client) }), "access_token")
    expect((await target.askForToken({ ...GRANT, ...posted({ ...client, secret: token }) })).status).toBe(401)
  })

  it("RFC 6749 §5.2: unknown clients and wrong secrets are invalid_client with 401 and a challenge, told apart by nothing", async () => {
    const target = createGuardedTarget()
    const client = await makeClient(target)
    const other = await makeClient(target)
    const attempts = [
      await target.askForToken({ ...GRANT, ...posted({ id: client.id, secret: "wrong" }) }),
      await target.askForToken({ ...GRANT, ...posted({ id: "nobody", secret: client.secret }) }),
      await target.askForToken({ ...GRANT, ...posted({ id: client.id, secret: other.secret }) }),
      await target.askForToken(GRANT, { headers: basic({ id: client.id, secret: "wrong" }) }),
    ]
    for (const { status, headers, text } of attempts) {
      expect(status).toBe(401)
      expect(headers.get("www-authenticate")).toBe('Basic realm="scimulate"')
      expect(headers.get("cache-control")).toBe("no-store")
      expect(text).toBe(attempts[0]?.text)
    }
    expect(attempts[0]?.json).toEqual({
      error: "invalid_client",
      error_description: "The client or its secret is unknown or expired.",
    })
  })

  it.each([
    ["grant_type=client_credentials", "invalid_client", 401],
    ["grant_type=client_credentials&client_id=x", "invalid_client", 401],
    ["grant_type=client_credentials&client_id=x&client_secret=", "invalid_client", 401],
    ["grant_type=client_credentials&client_secret=x", "invalid_request", 400],
    ["client_id=x&client_secret=y", "invalid_request", 400],
    ["grant_type=&client_id=x&client_secret=y", "invalid_request", 400],
    ["grant_type=password&username=x&password=y", "unsupported_grant_type", 400],
    ["grant_type=client_credentials&grant_type=client_credentials&client_id=x&client_secret=y", "invalid_request", 400],
    ["", "invalid_request", 400],
  ])("RFC 6749 §5.2: %j is %s", async (form, error, status) => {
    const target = createGuardedTarget()
    const refused = await target.askForToken(form)
    expect([refused.status, refused.json["error"]]).toEqual([status, error])
    expect(refused.headers.get("cache-control")).toBe("no-store")
  })

  it("RFC 6749 §2.3.1: credentials in the URL count for nothing", async () => {
    const target = createGuardedTarget()
    const client = await makeClient(target)
    const query = new URLSearchParams({ ...GRANT, ...posted(client) }).toString()
    const headers = { "content-type": "application/x-www-form-urlencoded" }
    const refused = await target.call("POST", `/oauth/token?${query}`, { body: "", headers })
    expect([refused.status, refused.json["error"]]).toEqual([400, "invalid_request"])
  })

  it("WIRE-024 takes the same credentials in header and body as Entra may send them, and with compat rfc does not", async () => {
    const clients = { oauthClients: [{ id: "entra", secret: "s3cret" }] }
    const client = { id: "entra", secret: "s3cret" }
    const both = [{ ...GRANT, ...posted(client) }, { headers: basic(client) }] as const
    expect((await createGuardedTarget(clients).askForToken(...both)).status).toBe(200)
    const strict = await createGuardedTarget({ ...clients, compat: "rfc" }).askForToken(...both)
    expect([strict.status, strict.json["error"]]).toEqual([400, "invalid_request"])
    const differing = { ...GRANT, ...posted({ ...client, secret: "other" }) }
    const refused = await createGuardedTarget(clients).askForToken(differing, { headers: basic(client) })
    expect([refused.status, refused.json["error"]]).toEqual([400, "invalid_request"])
    const named = { ...GRANT, client_id: "somebody" }
    expect((await createGuardedTarget(clients).askForToken(named, { headers: basic(client) })).status).toBe(400)
    const itself = { ...GRANT, client_id: "entra" }
    const strictly = createGuardedTarget({ ...clients, compat: "rfc" })
    expect((await strictly.askForToken(itself, { headers: basic(client) })).status).toBe(200)
  })

  it.each([
    "Bearer x",
    "Basic",
    "Basic !",
    `Basic ${Buffer.from("no colon").toString("base64")}`,
    `Basic ${Buffer.from("%:x").toString("base64")}`,
  ])("RFC 6749 §5.2: the header %j is invalid_client", async (authorization) => {
    const refused = await createGuardedTarget().askForToken(GRANT, { headers: { authorization } })
    expect([refused.status, refused.json["error"]]).toEqual([401, "invalid_client"])
  })

  it("takes POST and form encoding only, and no endless body", async () => {
    const { call, askForToken } = createGuardedTarget()
    const got = await call("GET", "/oauth/token")
    expect([got.status, got.headers.get("allow"), got.headers.get("cache-control")]).toEqual([405, "POST", "no-store"])
    const json = await call("POST", "/oauth/token", { body: GRANT })
    expect([json.status, json.json["error"]]).toEqual([400, "invalid_request"])
    expect((await askForToken({ ...GRANT, x: "x".repeat(40_000) })).status).toBe(413)
  })

  it("slows down guessing where there is a rate limit", async () => {
    const target = createGuardedTarget({ rateLimit: { requests: 2, perMs: 10_000 } })
    const guess = () => target.askForToken({ ...GRANT, client_id: "x", client_secret: "y" })
    expect([(await guess()).status, (await guess()).status]).toEqual([401, 401])
    const slowed = await guess()
    expect([slowed.status, slowed.headers.get("retry-after")]).toEqual([429, "5"])
    expect(slowed.json["error"]).toBe("temporarily_unavailable")
  })

  it("RFC6585-4-01 counts as a request of its tenant where the credentials were right", async () => {
    const target = createGuardedTarget({
      rateLimit: { requests: 1, perMs: 1000 },
      oauthClients: [{ id: "entra", secret: "s3cret" }],
    })
    const ask = () => target.askForToken({ ...GRANT, client_id: "entra", client_secret: "s3cret" })
    expect((await ask()).status).toBe(200)
    const limited = await ask()
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "1"])
    target.clock.nowMs += 1000
    expect((await ask()).status).toBe(200)
  })

  it("never repeats a secret, and none stands in the audit log", async () => {
    const target = createGuardedTarget()
    const client = await makeClient(target)
    await target.askForToken({ ...GRANT, ...posted({ ...client, secret: "s3cret-guess" }) })
    await target.askForToken({ ...GRANT, ...posted({ id: client.secret, secret: client.secret }) })
    const token = textIn(await target.askForToken({ ...GRANT, ...posted(client) }), "access_token")
    const log = await target.administer("GET", "/tenants/default/audit")
    expect(
      listIn(log, "entries").map(({ actor, action, resource, status }) => ({ actor, action, resource, status })),
    ).toEqual([
      { actor: `client:${client.id}`, action: "token.issue", resource: `clients/${client.id}`, status: 200 },
      { actor: "unknown", action: "POST", resource: "oauth/token", status: 401 },
      { actor: "unknown", action: "POST", resource: "oauth/token", status: 401 },
      { actor: "token:administrator", action: "client.create", resource: `clients/${client.id}`, status: 201 },
    ])
    for (const secret of [client.secret, token, "s3cret-guess"]) expect(log.text).not.toContain(secret)
  })
})
