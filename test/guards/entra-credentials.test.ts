/** Entra's side and the target's side of each credential, which share no code: what the one sends, the other accepts. */
import { beforeAll, describe, expect, it } from "vitest"
import {
  assertionIssuer,
  createIdSource,
  createProvisioningJob,
  createRandom,
  createTenant,
  entraTokenIssuer,
  handlerTransport,
  NON_GALLERY_TEMPLATE_ID,
  publicKeys,
  systemSigningKey,
  VirtualClock,
  type Credentials,
  type ProvisioningJob,
  type SigningKey,
  type Tenant,
} from "../../simulator/index.ts"
import { createTarget, type Target, type TargetOptions } from "../../target/index.ts"

const ORIGIN = "https://target.example"
const TOKEN_URL = `${ORIGIN}/oauth/token`
const ADMIN = "admin-token"
const START_MS = Date.UTC(2026, 2, 2, 8)

let key: SigningKey
beforeAll(async () => {
  key = await systemSigningKey()
})

interface Meeting {
  readonly tenant: Tenant
  readonly clock: VirtualClock
  readonly target: Target
  readonly administer: (method: string, path: string, body?: object) => Promise<unknown>
  /** A job with these credentials for one assigned person. */
  readonly jobWith: (credentials: Credentials) => ProvisioningJob
  /** How many users the target has. */
  readonly count: () => Promise<unknown>
}

function meet(options: (tenantId: string) => Partial<TargetOptions> = () => ({})): Meeting {
  const clock = new VirtualClock(START_MS)
  const random = createRandom(1)
  const tenant = createTenant({ clock, random: random.fork("tenant"), ids: createIdSource(random.fork("ids")) })
  const application = tenant.createApplication("Orchard")
  application.assign(tenant.createUser({ userPrincipalName: "ada@contoso.example", displayName: "Ada" }))
  const target = createTarget({
    clock,
    ids: createIdSource(random.fork("target")),
    tokens: ["case-token"],
    administrators: [ADMIN],
    baseUrl: `${ORIGIN}/scim/v2`,
    fetch: () => Promise.resolve(Response.json(publicKeys(key))),
    ...options(tenant.id),
  })
  const ask = async (method: string, path: string, token: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const text = await (await target.fetch(new Request(`${ORIGIN}${path}`, init))).text()
    return text === "" ? undefined : JSON.parse(text)
  }
  return {
    tenant,
    clock,
    target,
    administer: (method, path, body) => ask(method, `/admin/tenants/default${path}`, ADMIN, body),
    jobWith: (credentials) =>
      createProvisioningJob({
        tenant,
        application,
        clock,
        random: random.fork("job"),
        ids: createIdSource(random.fork("job ids")),
        baseUrl: `${ORIGIN}/scim/v2`,
        signingKey: key,
        credentials,
        transport: handlerTransport((request) => Promise.resolve(target.fetch(request)), { clock }),
      }),
    count: async () => member(await ask("GET", "/scim/v2/Users", "case-token"), "totalResults"),
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined
}

function textIn(value: unknown, name: string): string {
  const text = member(value, name)
  if (typeof text !== "string") throw new Error(`No ${name} in ${JSON.stringify(value)}`)
  return text
}

describe("Entra and the target", () => {
  it("WIRE-021: a long-lived token that the target made lets a job in, until it is revoked", async () => {
    const { administer, jobWith, count, clock } = meet()
    const made = await administer("POST", "/tokens", { label: "Entra" })
    const job = jobWith({ kind: "bearer", token: textIn(made, "token") })
    await job.start()
    await job.runCycle()
    expect(await count()).toBe(1)
    await administer("DELETE", `/tokens/${textIn(made, "id")}`)
    await clock.advance({ hours: 2 })
    expect(job.condition().quarantine).not.toBeNull()
    job.close()
  })

  it.each(["header", "body", "both"] as const)(
    "WIRE-024 WIRE-025 WIRE-026: client credentials in the %s are exchanged for a token, and again once it has expired",
    async (sendIn) => {
      const { administer, jobWith, count, tenant, clock } = meet()
      const client = await administer("POST", "/clients", { label: "Entra" })
      const [clientId, clientSecret] = [textIn(client, "id"), textIn(client, "clientSecret")]
      const job = jobWith({ kind: "oauth", tokenUrl: TOKEN_URL, clientId, clientSecret, sendIn })
      await job.start()
      await job.runCycle()
      expect(await count()).toBe(1)
      const [application] = tenant.applications()
      application?.assign(tenant.createUser({ userPrincipalName: "bob@contoso.example", displayName: "Bob" }))
      await clock.advance({ hours: 5 })
      expect(await count()).toBe(2)
      expect(job.condition().quarantine).toBeNull()
      job.close()
    },
  )

  it("ENG-CRED-02 WIRE-022: the token that the tenant issues where the secret token is empty is accepted, and no other tenant's", async () => {
    const trusting = (tenantId: string) => ({
      jwt: { issuer: entraTokenIssuer(tenantId), audience: NON_GALLERY_TEMPLATE_ID, jwks: publicKeys(key) },
    })
    for (const [options, expected] of [
      [trusting, 1],
      [() => trusting("another-tenant"), 0],
    ] as const) {
      const { jobWith, count } = meet(options)
      const job = jobWith({ kind: "entraIssued" })
      await job.start()
      await job.runCycle()
      expect(await count()).toBe(expected)
      job.close()
    }
  })

  it("WIRE-027 WIRE-028: an assertion of the tenant stands in for the secret of a federated client", async () => {
    const { administer, jobWith, count, tenant } = meet()
    const [application] = tenant.applications()
    const federation = {
      issuer: assertionIssuer(tenant.id),
      audience: "api://workload",
      jwks: "https://login.example/keys",
      claims: { appid: application?.appId },
    }
    const client = await administer("POST", "/clients", { label: "Entra", federation })
    expect(member(client, "clientSecret")).toBeUndefined()
    const credentials = { kind: "federated", tokenUrl: TOKEN_URL, workloadAppId: "workload" } as const
    const job = jobWith({ ...credentials, clientId: textIn(client, "id") })
    await job.start()
    await job.runCycle()
    expect(await count()).toBe(1)
    job.close()
  })

  it("RFC6585-4-01: a job that is answered 429 waits and goes on, and nobody is left behind", async () => {
    const { jobWith, count, tenant, clock } = meet(() => ({ rateLimit: { requests: 5, perMs: 60_000 } }))
    const [application] = tenant.applications()
    for (const name of ["bob", "eve", "joe", "kim", "lea", "max"]) {
      application?.assign(tenant.createUser({ userPrincipalName: `${name}@contoso.example`, displayName: name }))
    }
    const job = jobWith({ kind: "bearer", token: "case-token" })
    const started = job.start()
    await clock.advance({ hours: 12 })
    await started
    expect(await count()).toBe(7)
    job.close()
  })
})
