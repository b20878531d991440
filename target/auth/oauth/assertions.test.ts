import { exportJWK, generateKeyPair, SignJWT } from "jose"
import { describe, expect, it } from "vitest"
import type { JsonObject, JsonValue } from "../../json.ts"
import { createGuardedTarget, listIn, textIn } from "../../testing-guard.ts"
import type { GuardedTarget, Reply } from "../../testing-guard.ts"
import { TEST_START_MS } from "../../testing.ts"

const NOW_S = TEST_START_MS / 1000
const TENANT_ID = "11111111-2222-3333-4444-555555555555"
const APPLICATION = "99999999-0000-0000-0000-000000000000"
const KEYS_URL = "https://login.example/keys"
const TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

const signer = await generateKeyPair("RS256", { extractable: true })
const KEY: JsonValue = JSON.parse(JSON.stringify({ ...(await exportJWK(signer.publicKey)), kid: "one" }))

const ISSUER = `https://login.microsoftonline.com/${TENANT_ID}/v2.0`

const TRUST: JsonObject = { issuer: ISSUER, audience: "api://workload", jwks: { keys: [KEY] } }
const FEDERATION: JsonObject = { ...TRUST, claims: { appid: APPLICATION } }

/** An assertion as Entra makes it (WIRE-028). */
function assertion(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const times = { iat: NOW_S, nbf: NOW_S, exp: NOW_S + 3900 }
  const claims = {
    iss: ISSUER,
    aud: "api://workload",
    sub: "principal",
    appid: APPLICATION,
    tid: TENANT_ID,
  }
  return new SignJWT({ ...claims, ...times, ...changes })
    .setProtectedHeader({ alg: "RS256", kid: "one" })
    .sign(signer.privateKey)
}

async function federated(target: GuardedTarget, federation: JsonObject = FEDERATION): Promise<string> {
  return textIn(await target.administer("POST", "/tenants/default/clients", { label: "Entra", federation }), "id")
}

function exchange(
  target: GuardedTarget,
  id: string,
  proof: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const form = { grant_type: "client_credentials", client_id: id, client_assertion_type: TYPE, client_assertion: proof }
  return target.askForToken({ ...form, ...more })
}

describe("an assertion", () => {
  it("WIRE-027 WIRE-028 proves a federated client, which has no secret and gets access tokens like any other", async () => {
    const target = createGuardedTarget()
    const made = await target.administer("POST", "/tenants/default/clients", { label: "Entra", federation: FEDERATION })
    expect([made.status, made.json["clientSecret"], made.json["secrets"]]).toEqual([201, undefined, []])
    expect(made.json["federation"]).toEqual(FEDERATION)
    const id = textIn(made, "id")
    const answer = await exchange(target, id, await assertion())
    expect(answer.json).toMatchObject({ token_type: "Bearer", expires_in: 3600, scope: "provisioning" })
    const token = textIn(answer, "access_token")
    expect((await target.call("GET", "/v2/Users", { token })).status).toBe(200)
    const rotated = await target.administer("POST", `/tenants/default/clients/${id}/rotate`)
    expect(rotated.status).toBe(409)
    await target.administer("DELETE", `/tenants/default/clients/${id}`)
    expect((await target.call("GET", "/v2/Users", { token })).status).toBe(401)
    expect((await exchange(target, id, await assertion())).json["error"]).toBe("invalid_client")
  })

  it.each([
    ["another issuer", { iss: "https://login.microsoftonline.com/other/v2.0" }],
    ["another audience", { aud: "api://other" }],
    ["another application of the same tenant", { appid: "other" }],
    ["no application", { appid: undefined }],
    ["an expiry that has passed", { exp: NOW_S - 61 }],
  ])("RFC 7523 §3: with %s is invalid_client", async (_, changes) => {
    const target = createGuardedTarget()
    const refused = await exchange(target, await federated(target), await assertion(changes))
    expect([refused.status, refused.json["error"]]).toEqual([401, "invalid_client"])
  })

  it("proves nobody but the client that trusts it", async () => {
    const target = createGuardedTarget({ oauthClients: [{ id: "given", secret: "s3cret" }] })
    const other = await target.administer("POST", "/tenants/default/clients", { label: "by secret" })
    await federated(target)
    for (const id of [textIn(other, "id"), "given", "nobody"]) {
      expect((await exchange(target, id, await assertion())).json["error"]).toBe("invalid_client")
    }
    for (const proof of ["a.b.c", "x", ".."]) {
      expect((await exchange(target, await federated(target), proof)).json["error"]).toBe("invalid_client")
    }
  })

  it("RFC 7521 §4.2: comes with its type and the client's id, and without a secret", async () => {
    const target = createGuardedTarget()
    const id = await federated(target)
    const proof = await assertion()
    const grant = { grant_type: "client_credentials", client_assertion: proof }
    const refusals = [
      await exchange(target, id, proof, { client_secret: "s3cret" }),
      await exchange(target, id, proof, { client_assertion_type: "urn:other" }),
      await target.askForToken({ ...grant, client_id: id }),
      await target.askForToken({ ...grant, client_assertion_type: TYPE }),
      await target.askForToken(
        { ...grant, client_id: id, client_assertion_type: TYPE },
        { headers: { authorization: "Basic eDp5" } },
      ),
    ]
    for (const refused of refusals) expect([refused.status, refused.json["error"]]).toEqual([400, "invalid_request"])
  })

  it("is checked by keys that are fetched and kept; where they cannot be had, the client is to come again", async () => {
    const asked: string[] = []
    let isUp = false
    const fetch = (url: string): Promise<Response> => {
      asked.push(url)
      return isUp ? Promise.resolve(Response.json({ keys: [KEY] })) : Promise.reject(new TypeError("fetch failed"))
    }
    const target = createGuardedTarget({ fetch })
    const id = await federated(target, { ...FEDERATION, jwks: KEYS_URL })
    const down = await exchange(target, id, await assertion())
    expect([down.status, down.json["error"], down.headers.get("retry-after")]).toEqual([
      503,
      "temporarily_unavailable",
      "30",
    ])
    isUp = true
    target.clock.nowMs += 30_000
    for (let turn = 0; turn < 3; turn += 1) expect((await exchange(target, id, await assertion())).status).toBe(200)
    expect(asked).toEqual([KEYS_URL, KEYS_URL])
  })

  it("must name its application: an issuer signs for all of them", async () => {
    const { administer } = createGuardedTarget()
    for (const federation of [TRUST, { ...FEDERATION, claims: {} }]) {
      const refused = await administer("POST", "/tenants/default/clients", { label: "x", federation })
      expect([refused.status, listIn(refused, "issues")[0]?.["path"]]).toEqual([400, "federation.claims"])
    }
  })
})
