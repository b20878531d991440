/**
 * The job's ways to prove itself, at the reference target's own doors: what one part issues or exchanges, the other verifies, and
 * they share nothing but HTTP and the published keys.
 */
import { beforeAll, describe, expect, it } from "vitest"
import {
  type Application,
  createIdSource,
  createProvisioningJob,
  createRandom,
  createTenant,
  type Credentials,
  handlerTransport,
  NON_GALLERY_TEMPLATE_ID,
  type ProvisioningJob,
  publicKeys,
  type SigningKey,
  systemSigningKey,
  type Tenant,
  type User,
  VirtualClock,
} from "../simulator/index.ts"
import { createTarget, type Target, type TargetOptions } from "../target/index.ts"

const ORIGIN = "https://scim.test"
const CLIENT = { id: "orchard-scim", secret: "0auth-s3cret" }

interface World {
  readonly clock: VirtualClock
  readonly tenant: Tenant
  readonly application: Application
  readonly user: User
  readonly job: ProvisioningJob
  readonly target: Target
}

/** Ada is assigned; nothing has run yet. What the target accepts may depend on the tenant. */
function createWorld(
  given: { readonly token: string } | { readonly credentials: Credentials },
  accepted: (tenant: Tenant) => Partial<TargetOptions>,
  signingKey?: SigningKey,
): World {
  const clock = new VirtualClock(1_772_438_400_000)
  const random = createRandom(1)
  const ids = createIdSource(random.fork("ids"))
  const tenant = createTenant({ clock, random: random.fork("tenant"), ids, domain: "orchard.example" })
  const application = tenant.createApplication("Orchard")
  const user = tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
  application.assign(user)
  const target = createTarget({
    clock,
    ids: createIdSource(random.fork("target")),
    baseUrl: `${ORIGIN}/scim/v2`,
    onUnexpected: (error) => {
      throw error
    },
    ...accepted(tenant),
  })
  const job = createProvisioningJob({
    tenant,
    application,
    transport: handlerTransport((request) => target.fetch(request), { clock }),
    clock,
    random: random.fork("job"),
    ids,
    baseUrl: `${ORIGIN}/scim/v2`,
    ...given,
    ...(signingKey !== undefined && { signingKey }),
  })
  return { clock, tenant, application, user, job, target }
}

describe("an empty secret token", () => {
  let key: SigningKey
  let otherKey: SigningKey
  beforeAll(async () => {
    ;[key, otherKey] = await Promise.all([systemSigningKey(), systemSigningKey()])
  })

  const entraOf = (tenant: Tenant, jwks = publicKeys(key)) => ({
    jwt: { issuer: `https://sts.windows.net/${tenant.id}/`, audience: NON_GALLERY_TEMPLATE_ID, jwks },
  })

  it("ENG-CRED-02 WIRE-022 is taken by a target that knows issuer, audience and keys, for months, and never renewed too late", async () => {
    const world = createWorld({ token: "" }, (tenant) => entraOf(tenant), key)
    expect(await world.job.testConnection()).toEqual({ ok: true })
    await world.job.start()
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.clock.advance({ days: 60 })
    expect(world.job.condition()).toEqual({ schedule: "Active", code: "Active", quarantine: null })
    expect(world.job.cycles().filter(({ state }) => state !== "Succeeded")).toEqual([])
    expect(world.job.links()).toHaveLength(1)
  })

  it.each<readonly [string, (tenant: Tenant) => Partial<TargetOptions>]>([
    [
      "of another tenant",
      () => ({
        jwt: { issuer: "https://sts.windows.net/other/", audience: NON_GALLERY_TEMPLATE_ID, jwks: publicKeys(key) },
      }),
    ],
    ["for another audience", (tenant) => ({ jwt: { ...entraOf(tenant).jwt, audience: "api://orchard" } })],
    ["signed with another key", (tenant) => entraOf(tenant, publicKeys(otherKey))],
    ["where only given tokens count", () => ({ tokens: ["s3cret"] })],
  ])("ENG-CRED-02 ENG-QUAR-01 a token %s is refused, and the job quarantined", async (_what, accepted) => {
    const world = createWorld({ token: "" }, accepted, key)
    expect(await world.job.testConnection()).toMatchObject({
      ok: false,
      code: "SystemForCrossDomainIdentityManagementCredentialValidationFailure",
    })
    await world.job.start()
    expect(world.job.condition().quarantine?.reason).toBe("EncounteredQuarantineException")
    expect(world.job.links()).toEqual([])
  })

  it("WIRE-022 the claims of older captures, where the target asks for them", async () => {
    const captured = { audience: "00000002-0000-0000-c000-000000000000", appid: "00000014-0000-0000-c000-000000000000" }
    const accepted = (tenant: Tenant): Partial<TargetOptions> => ({
      jwt: { ...entraOf(tenant).jwt, audience: captured.audience, claims: { appid: captured.appid } },
    })
    const world = createWorld({ credentials: { kind: "entraIssued", form: "captured" } }, accepted, key)
    await world.job.start()
    expect(world.job.links()).toHaveLength(1)
    const refused = createWorld({ token: "" }, accepted, key)
    await refused.job.start()
    expect(refused.job.condition().code).toBe("Quarantine")
  })
})

describe("OAuth client credentials", () => {
  const oauth = (
    sendIn: "header" | "body" | "both",
    secret = CLIENT.secret,
  ): { readonly credentials: Credentials } => ({
    credentials: {
      kind: "oauth",
      tokenUrl: `${ORIGIN}/oauth/token`,
      clientId: CLIENT.id,
      clientSecret: secret,
      sendIn,
    },
  })

  it.each(["header", "body"] as const)(
    "WIRE-024 WIRE-026 a token of the target's own endpoint, with the secret in the %s, renewed by the clock for weeks",
    async (sendIn) => {
      const world = createWorld(oauth(sendIn), () => ({ oauthClients: [CLIENT] }))
      await world.job.start()
      await world.clock.advance({ days: 20 })
      expect(world.job.cycles().filter(({ state }) => state !== "Succeeded")).toEqual([])
      expect(world.job.links()).toHaveLength(1)
    },
  )

  it("WIRE-029 WIRE-030 a wrong secret quarantines the job; the right one, saved and started, brings it back", async () => {
    const world = createWorld(oauth("body", "wr0ng"), () => ({ oauthClients: [CLIENT] }))
    await world.job.start()
    expect(world.job.condition().quarantine?.reason).toBe("EncounteredQuarantineException")
    expect(await world.job.saveCredentials(oauth("body"))).toEqual({ ok: true })
    await world.job.start()
    expect(world.job.condition()).toEqual({ schedule: "Active", code: "Active", quarantine: null })
    expect(world.job.links()).toHaveLength(1)
  })
})
