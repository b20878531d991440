/** Tokens that the tenant issues itself: an empty secret token, and the assertions of workload identity federation. */
import { createLocalJWKSet, decodeJwt, type JWTPayload, jwtVerify } from "jose"
import { beforeAll, describe, expect, it } from "vitest"
import type { HttpRequest } from "../../protocol/index.ts"
import type { Credentials, FederatedCredentials } from "../dialect/credentials.ts"
import { publicKeys, type SigningKey, systemSigningKey } from "../dialect/entra-token.ts"
import { respond, unauthorized } from "./fake-target.fixture.ts"
import { createWorld, person, type World } from "./job.fixture.ts"
import { createProvisioningJob } from "./job.ts"

let key: SigningKey
beforeAll(async () => {
  key = await systemSigningKey()
})

const TOKEN_URL = "https://login.orchard.example/oauth/token"
const FEDERATED: FederatedCredentials = {
  kind: "federated",
  tokenUrl: TOKEN_URL,
  clientId: "orchard-scim",
  workloadAppId: "5b1c6d1e-0000-4000-8000-000000000001",
}

interface IssuedWorld extends World {
  readonly exchanges: HttpRequest[]
}

/** Ada is assigned; nothing has run yet. */
function issuedWorld(given: { readonly token: string } | { readonly credentials: Credentials }): IssuedWorld {
  const world = createWorld()
  const exchanges: HttpRequest[] = []
  world.application.assign(person(world, "ada"))
  const { tenant, application, clock, random, ids, baseUrl } = world.options
  const job = createProvisioningJob({
    tenant,
    application,
    clock,
    random,
    ids,
    baseUrl,
    signingKey: key,
    ...given,
    transport: async (request) => {
      if (request.url !== TOKEN_URL) return world.target.transport(request)
      exchanges.push(request)
      return respond(200, { access_token: `at-${exchanges.length}`, token_type: "Bearer", expires_in: 3600 })
    },
  })
  return { ...world, job, exchanges }
}

/** The bearer tokens that the target has seen, each once. */
function tokensSeen({ target }: World): string[] {
  return [...new Set(target.requests.map(({ headers }) => headers["authorization"]?.replace("Bearer ", "") ?? ""))]
}

/** Verifies the signature as a receiver does, by the published keys alone. */
async function verified(token: string, atMs: number): Promise<JWTPayload> {
  const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(publicKeys(key)), {
    currentDate: new Date(atMs),
  })
  expect(protectedHeader).toEqual({ alg: "RS256", typ: "JWT", kid: key.kid })
  return payload
}

/** 2026-03-02T08:00:00Z, in seconds. */
const START_S = 1_772_438_400

describe("an empty secret token", () => {
  it("ENG-CRED-02 WIRE-022 a JWT of the tenant's own for the non-gallery template, good for its keys", async () => {
    const world = issuedWorld({ token: "" })
    await world.job.start()
    expect(world.job.links()).toHaveLength(1)
    const [token = "", ...others] = tokensSeen(world)
    expect(others).toEqual([])
    expect(await verified(token, world.clock.now())).toEqual({
      iss: `https://sts.windows.net/${world.tenant.id}/`,
      aud: "8adf8e6e-67b2-4cf2-a259-e3dc5476c621",
      iat: START_S,
      nbf: START_S,
      exp: START_S + 3900,
    })
  })

  it("WIRE-022 by switch the audience and application of older captures", async () => {
    const world = issuedWorld({ credentials: { kind: "entraIssued", form: "captured" } })
    await world.job.start()
    expect(decodeJwt(tokensSeen(world)[0] ?? "")).toMatchObject({
      aud: "00000002-0000-0000-c000-000000000000",
      appid: "00000014-0000-0000-c000-000000000000",
    })
  })

  it("ENG-CRED-02 is issued anew by the clock before it expires, and after a refusal", async () => {
    const world = issuedWorld({ token: "" })
    await world.job.start()
    await world.clock.advance({ minutes: 80 })
    expect(tokensSeen(world).map((token) => (decodeJwt(token).iat ?? 0) - START_S)).toEqual([0, 80 * 60])
    world.target.intercept = unauthorized
    await world.clock.advance({ minutes: 40 })
    world.target.intercept = undefined
    await world.clock.advance({ minutes: 30 })
    expect(world.job.condition().code).toBe("Active")
    expect(tokensSeen(world)).toHaveLength(3)
  })

  it("ENG-CRED-02 without a key to sign with it is refused, before anything is sent", () => {
    const world = createWorld()
    const { tenant, application, transport, clock, random, ids, baseUrl } = world.options
    const options = { tenant, application, transport, clock, random, ids, baseUrl, token: "" }
    expect(() => createProvisioningJob(options)).toThrow(/give the job its signing key/)
    const publicHalf = { kty: "RSA", kid: "public" }
    expect(() => createProvisioningJob({ ...options, signingKey: publicHalf })).toThrow(/a private RSA key/)
    expect(world.target.requests).toEqual([])
  })
})

describe("workload identity federation", () => {
  it("WIRE-027 an assertion instead of a secret, form-encoded, with scope only where configured", async () => {
    const world = issuedWorld({ credentials: FEDERATED })
    await world.job.start()
    expect(tokensSeen(world)).toEqual(["at-1"])
    const [exchange] = world.exchanges
    expect(exchange?.headers).toEqual({ "content-type": "application/x-www-form-urlencoded" })
    const { client_assertion: assertion, ...form } = Object.fromEntries(new URLSearchParams(exchange?.body ?? ""))
    expect(form).toEqual({
      grant_type: "client_credentials",
      client_id: "orchard-scim",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    })
    expect(assertion).toMatch(/^ey/)
    const scoped = issuedWorld({ credentials: { ...FEDERATED, scope: "scim.write" } })
    await scoped.job.start()
    expect(new URLSearchParams(scoped.exchanges[0]?.body ?? "").get("scope")).toBe("scim.write")
  })

  it("WIRE-028 the claims of the assertion, and by switch the suffix of the portal's table", async () => {
    for (const [audienceForm, suffix] of [
      ["plain", ""],
      ["default", "/.default"],
    ] as const) {
      const world = issuedWorld({ credentials: { ...FEDERATED, audienceForm } })
      await world.job.start()
      const assertion = new URLSearchParams(world.exchanges[0]?.body ?? "").get("client_assertion") ?? ""
      expect(await verified(assertion, world.clock.now())).toEqual({
        iss: `https://login.microsoftonline.com/${world.tenant.id}/v2.0`,
        aud: `api://5b1c6d1e-0000-4000-8000-000000000001${suffix}`,
        sub: world.application.id,
        oid: world.application.id,
        appid: world.application.appId,
        tid: world.tenant.id,
        ver: "2.0",
        iat: START_S,
        nbf: START_S,
        exp: START_S + 3900,
      })
    }
  })

  it("WIRE-027 WIRE-032 each exchange has a fresh assertion; on demand the job must be stopped, as with a secret", async () => {
    const world = issuedWorld({ credentials: FEDERATED })
    await world.job.start()
    await world.clock.advance({ minutes: 80 })
    const assertions = world.exchanges.map(({ body }) => new URLSearchParams(body ?? "").get("client_assertion") ?? "")
    expect(assertions.map((token) => (decodeJwt(token).iat ?? 0) - START_S)).toEqual([0, 80 * 60])
    const [user] = world.tenant.users()
    if (user === undefined) throw new Error("Ada is there")
    await expect(world.job.provisionOnDemand(user)).rejects.toMatchObject({ code: "Conflict" })
  })

  it("WIRE-027 a part missing is refused", () => {
    expect(() => issuedWorld({ credentials: { ...FEDERATED, workloadAppId: "" } })).toThrow(/workload's application/)
    expect(() => issuedWorld({ credentials: { ...FEDERATED, clientId: "" } })).toThrow(/client id/)
  })

  it("no secret shows in what the job says about itself", async () => {
    const world = issuedWorld({ credentials: FEDERATED })
    await world.job.start()
    const { job } = world
    const told = JSON.stringify([job.condition(), job.status(), job.log(), job.cycles(), job.audit()])
    for (const secret of [key.d ?? "", ...tokensSeen(world)]) expect(told).not.toContain(secret)
  })
})
