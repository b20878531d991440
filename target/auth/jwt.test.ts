import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose"
import type { CryptoKey, JSONWebKeySet, JWTPayload } from "jose"
import { describe, expect, it } from "vitest"
import { createGuardedTarget } from "../testing-guard.ts"
import type { GuardedTarget } from "../testing-guard.ts"
import { TEST_START_MS, TEST_TOKEN, user } from "../testing.ts"
import type { JwtOptions } from "./jwt.ts"

const TENANT_ID = "11111111-2222-3333-4444-555555555555"
const ISSUER = `https://sts.windows.net/${TENANT_ID}/`
/** The application template that Entra's own tokens are made out to (WIRE-022). */
const AUDIENCE = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"
const APPLICATION = "00000014-0000-0000-c000-000000000000"
const NOW_S = TEST_START_MS / 1000
const KEYS_URL = "https://login.microsoftonline.com/common/discovery/keys"

const signer = await generateKeyPair("RS256", { extractable: true })
const stranger = await generateKeyPair("RS256", { extractable: true })

async function keySet(...keys: readonly { readonly key: CryptoKey; readonly kid: string }[]): Promise<JSONWebKeySet> {
  return { keys: await Promise.all(keys.map(async ({ key, kid }) => ({ ...(await exportJWK(key)), kid, use: "sig" }))) }
}

const JWKS = await keySet({ key: signer.publicKey, kid: "one" })
const OPTIONS: JwtOptions = { issuer: ISSUER, audience: AUDIENCE, jwks: JWKS }

/** The claims of a token as Entra mints it, version 1.0. */
const CLAIMS: JWTPayload = {
  iss: ISSUER,
  aud: AUDIENCE,
  iat: NOW_S,
  nbf: NOW_S,
  exp: NOW_S + 3900,
  appid: APPLICATION,
  tid: TENANT_ID,
  oid: "99999999-0000-0000-0000-000000000000",
  sub: "99999999-0000-0000-0000-000000000000",
  ver: "1.0",
}

interface Signing {
  readonly key?: CryptoKey
  readonly kid?: string
}

function sign(
  changes: Readonly<Record<string, unknown>> = {},
  { key = signer.privateKey, kid = "one" }: Signing = {},
): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...changes }).setProtectedHeader({ alg: "RS256", typ: "JWT", kid }).sign(key)
}

async function statusWith({ call }: GuardedTarget, token: string): Promise<number> {
  return (await call("GET", "/v2/Users", { token })).status
}

describe("a signed token", () => {
  it("WIRE-022 ENG-CRED-02 that Entra issued is accepted by issuer, audience and key, beside the target's own tokens", async () => {
    const target = createGuardedTarget({ jwt: OPTIONS })
    const token = await sign()
    expect(await statusWith(target, token)).toBe(200)
    expect(await statusWith(target, token)).toBe(200)
    expect(await statusWith(target, TEST_TOKEN)).toBe(200)
    expect((await target.call("POST", "/v2/Users", { token, body: user("ada") })).status).toBe(201)
  })

  it.each([
    ["another issuer", { iss: "https://sts.windows.net/66666666-2222-3333-4444-555555555555/" }],
    ["another audience", { aud: "00000002-0000-0000-c000-000000000000" }],
    ["no expiry", { exp: undefined }],
    ["an expiry that has passed", { exp: NOW_S - 61 }],
    ["a beginning that is to come", { nbf: NOW_S + 61 }],
  ])("with %s is refused as invalid_token", async (_, changes) => {
    const refused = await createGuardedTarget({ jwt: OPTIONS }).call("GET", "/v2/Users", { token: await sign(changes) })
    expect(refused.status).toBe(401)
    expect(refused.headers.get("www-authenticate")).toContain('error="invalid_token"')
  })

  it("is refused where a stranger signed it, where nobody did, and where its words were changed afterwards", async () => {
    const target = createGuardedTarget({ jwt: OPTIONS })
    const [header = "", , signature = ""] = (await sign()).split(".")
    const changed = Buffer.from(JSON.stringify({ ...CLAIMS, exp: NOW_S + 9999 })).toString("base64url")
    const forged = [
      await sign({}, { key: stranger.privateKey }),
      await sign({}, { key: stranger.privateKey, kid: "two" }),
      new UnsecuredJWT({ ...CLAIMS }).encode(),
      `${header}.${changed}.${signature}`,
      await new SignJWT({ ...CLAIMS })
        .setProtectedHeader({ alg: "HS256", kid: "one" })
        .sign(Buffer.from(JSON.stringify(JWKS.keys[0]))),
      "a.b.c",
      "..",
    ]
    for (const token of forged) expect(await statusWith(target, token)).toBe(401)
  })

  it("is no token for a target that was not told to take any", async () => {
    expect(await statusWith(createGuardedTarget(), await sign())).toBe(401)
  })

  it("RFC7644-7.4-01 ends by the clock, a minute's difference of clocks allowed, though it was accepted before", async () => {
    const target = createGuardedTarget({ jwt: OPTIONS })
    const token = await sign({ exp: NOW_S + 3900 })
    expect(await statusWith(target, token)).toBe(200)
    target.clock.nowMs = TEST_START_MS + 3_959_999
    expect(await statusWith(target, token)).toBe(200)
    target.clock.nowMs = TEST_START_MS + 3_960_000
    expect(await statusWith(target, token)).toBe(401)
  })

  it("must have the claims that were asked for", async () => {
    const target = createGuardedTarget({ jwt: { ...OPTIONS, claims: { appid: APPLICATION, tid: TENANT_ID } } })
    expect(await statusWith(target, await sign())).toBe(200)
    expect(await statusWith(target, await sign({ appid: "another" }))).toBe(401)
    expect(await statusWith(target, await sign({ tid: undefined }))).toBe(401)
  })

  it("RFC7644-2-02 may do what its roles allow, where roles are told apart", async () => {
    const roles = { "SCIM.ReadWrite": "provisioning", "SCIM.Read": "read-only" } as const
    const target = createGuardedTarget({ jwt: { ...OPTIONS, roles } })
    const writes = async (given: unknown): Promise<number> => {
      const token = await sign({ roles: given })
      return (await target.call("POST", "/v2/Users", { token, body: user(JSON.stringify(given)) })).status
    }
    expect(await writes(["SCIM.ReadWrite"])).toBe(201)
    expect(await writes(["SCIM.Read", "SCIM.ReadWrite"])).toBe(201)
    expect(await writes(["SCIM.Read"])).toBe(403)
    expect(await statusWith(target, await sign({ roles: ["SCIM.Read"] }))).toBe(200)
    for (const none of [undefined, [], ["constructor"], "SCIM.ReadWrite"]) {
      expect(await statusWith(target, await sign({ roles: none }))).toBe(403)
    }
  })

  it("stands in the audit log as its application", async () => {
    const target = createGuardedTarget({ jwt: OPTIONS })
    const token = await sign()
    await target.call("POST", "/v2/Users", { token, body: user("ada") })
    const log = await target.administer("GET", "/tenants/default/audit")
    expect(log.json["entries"]).toMatchObject([{ actor: `jwt:${APPLICATION}`, action: "POST", status: 201 }])
    expect(log.text).not.toContain(token)
  })
})

describe("keys that are fetched", () => {
  interface Issuer {
    answer: () => Promise<Response>
    readonly asked: string[]
  }

  function targetOf(answer: () => Promise<Response>): { readonly target: GuardedTarget; readonly issuer: Issuer } {
    const issuer: Issuer = { answer, asked: [] }
    const fetch = (url: string): Promise<Response> => {
      issuer.asked.push(url)
      return issuer.answer()
    }
    return { target: createGuardedTarget({ jwt: { ...OPTIONS, jwks: KEYS_URL }, fetch }), issuer }
  }

  const serving = (keys: JSONWebKeySet) => () => Promise.resolve(Response.json(keys))
  const failing = () => Promise.reject(new TypeError("fetch failed"))

  it("are asked for once, by several requests at once too, and again when they are ten minutes old", async () => {
    const { target, issuer } = targetOf(serving(JWKS))
    const tokens = [await sign(), await sign({ oid: "other" })]
    const statuses = await Promise.all(tokens.map((token) => statusWith(target, token)))
    expect(statuses).toEqual([200, 200])
    target.clock.nowMs += 599_999
    for (const token of tokens) expect(await statusWith(target, token)).toBe(200)
    expect(issuer.asked).toEqual([KEYS_URL])
    target.clock.nowMs += 1
    for (const token of tokens) expect(await statusWith(target, token)).toBe(200)
    expect(issuer.asked).toHaveLength(2)
  })

  it("that were withdrawn are not trusted any longer than that, though their tokens were accepted", async () => {
    const { target, issuer } = targetOf(serving(JWKS))
    const token = await sign()
    expect(await statusWith(target, token)).toBe(200)
    issuer.answer = serving(await keySet({ key: stranger.publicKey, kid: "two" }))
    target.clock.nowMs += 600_000
    expect(await statusWith(target, token)).toBe(401)
  })

  it("are asked for again for the sake of an unknown key, twice a minute at most", async () => {
    const { target, issuer } = targetOf(serving(JWKS))
    expect(await statusWith(target, await sign())).toBe(200)
    const renewed = await sign({}, { key: stranger.privateKey, kid: "two" })
    issuer.answer = serving(
      await keySet({ key: signer.publicKey, kid: "one" }, { key: stranger.publicKey, kid: "two" }),
    )
    for (let guess = 0; guess < 5; guess += 1) expect(await statusWith(target, renewed)).toBe(401)
    expect(issuer.asked).toHaveLength(1)
    target.clock.nowMs += 30_000
    expect(await statusWith(target, renewed)).toBe(200)
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await statusWith(target, await sign({}, { kid: `made-up-${guess}` }))).toBe(401)
    }
    expect(issuer.asked).toHaveLength(2)
  })

  it.each([
    ["cannot be reached", failing],
    ["answers an error", () => Promise.resolve(new Response("no", { status: 500 }))],
    ["answers no JSON", () => Promise.resolve(new Response("<html>"))],
    ["answers no key set", () => Promise.resolve(Response.json({ keys: "none" }))],
  ])("503 with Retry-After and a SCIM error is the answer where the issuer %s, until it can", async (_, answer) => {
    const { target, issuer } = targetOf(answer)
    const token = await sign()
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const refused = await target.call("GET", "/v2/Users", { token })
      expect([refused.status, refused.headers.get("retry-after"), refused.json["status"]]).toEqual([503, "30", "503"])
      expect(refused.text).not.toContain("microsoftonline")
    }
    expect(issuer.asked).toHaveLength(1)
    issuer.answer = serving(JWKS)
    target.clock.nowMs += 30_000
    expect(await statusWith(target, token)).toBe(200)
  })

  it("go on for a day where the issuer cannot be reached any more", async () => {
    const { target, issuer } = targetOf(serving(JWKS))
    const token = await sign({ exp: NOW_S + 999_999 })
    expect(await statusWith(target, token)).toBe(200)
    issuer.answer = failing
    target.clock.nowMs += 86_399_999
    expect(await statusWith(target, token)).toBe(200)
    target.clock.nowMs += 1
    expect(await statusWith(target, token)).toBe(503)
  })

  it("are set for a tenant through the administration API, over https or on this machine", async () => {
    const { target } = targetOf(serving(JWKS))
    await target.administer("POST", "/tenants", { name: "acme" })
    const jwt = { issuer: ISSUER, audience: [AUDIENCE], jwks: "http://127.0.0.1:1234/keys" }
    expect((await target.administer("PATCH", "/tenants/acme", { settings: { jwt } })).status).toBe(200)
    expect((await target.call("GET", "/t/acme/v2/Users", { token: await sign() })).status).toBe(200)
    for (const jwks of ["http://example.com/keys", "file:///etc/passwd", "keys.json"]) {
      const refused = await target.administer("PATCH", "/tenants/acme", { settings: { jwt: { ...jwt, jwks } } })
      expect([jwks, refused.status]).toEqual([jwks, 400])
    }
  })
})
