/** How a job proves itself over time: OAuth client credentials, their renewal, and what happens when they fail. */
import { describe, expect, it } from "vitest"
import { type HttpRequest, type HttpResponse, TransportError } from "../../protocol/index.ts"
import type { OAuthCredentials } from "../dialect/credentials.ts"
import type { User } from "../directory/model.ts"
import { problem, respond } from "./fake-target.fixture.ts"
import { createWorld, type World } from "./job.fixture.ts"
import { createProvisioningJob } from "./job.ts"
import type { ProvisioningJob } from "./job-interface.ts"
import type { GivenSettings } from "./settings.ts"

const TOKEN_URL = "https://login.orchard.example/oauth/token"
const CREDENTIALS: OAuthCredentials = {
  kind: "oauth",
  tokenUrl: TOKEN_URL,
  clientId: "orchard-scim",
  clientSecret: "0auth-s3cret",
  sendIn: "body",
}

interface OAuthWorld extends World {
  readonly user: User
  /** Requests to the token endpoint. */
  readonly exchanges: HttpRequest[]
  /** What it answers; tokens count up. */
  tokenAnswer: () => HttpResponse
  /** Tokens that the target takes; every one unless set. */
  accepted: ReadonlySet<string> | null
}

/** Ada is assigned; nothing has run yet. The job has OAuth credentials with tokens that live for an hour. */
function oauthWorld(settings: GivenSettings = {}): OAuthWorld {
  const world = createWorld()
  const { tenant, application, clock, random, ids, baseUrl } = world.options
  let issued = 0
  const user = world.tenant.createUser({ userPrincipalName: "ada@orchard.example", displayName: "Ada" })
  world.application.assign(user)
  const oauth: OAuthWorld = {
    ...world,
    user,
    exchanges: [],
    tokenAnswer: () => respond(200, { access_token: `at-${++issued}`, token_type: "Bearer", expires_in: 3600 }),
    accepted: null,
    job: createProvisioningJob({
      tenant,
      application,
      clock,
      random,
      ids,
      baseUrl,
      settings,
      credentials: CREDENTIALS,
      transport: async (request) => {
        if (request.url === TOKEN_URL) {
          oauth.exchanges.push(request)
          return oauth.tokenAnswer()
        }
        const token = request.headers["authorization"]?.replace("Bearer ", "") ?? ""
        if (oauth.accepted !== null && !oauth.accepted.has(token)) return respond(401, problem(401))
        return world.target.transport(request)
      },
    }),
  }
  return oauth
}

function tokensSeen({ target }: World): (string | undefined)[] {
  return [...new Set(target.requests.map((request) => request.headers["authorization"]))]
}

const everythingOf = (job: ProvisioningJob): string =>
  JSON.stringify([job.condition(), job.status(), job.log(), job.cycles(), job.audit(), job.notifications()])

describe("OAuth client credentials", () => {
  it("WIRE-024 WIRE-025 are exchanged once, and the token is sent as a bearer token", async () => {
    const world = oauthWorld()
    await world.job.start()
    expect(world.exchanges.map(({ method, url }) => `${method} ${url}`)).toEqual([`POST ${TOKEN_URL}`])
    expect(tokensSeen(world)).toEqual(["Bearer at-1"])
    expect(world.job.links()).toHaveLength(1)
  })

  it("WIRE-026 a token is renewed by the clock before it expires, whatever lies in between", async () => {
    const world = oauthWorld()
    await world.job.start()
    await world.clock.advance({ minutes: 40 })
    expect(world.exchanges).toHaveLength(1)
    // The third cycle starts 80 minutes after the first: the token had an hour.
    await world.clock.advance({ minutes: 40 })
    expect(world.exchanges).toHaveLength(2)
    expect(tokensSeen(world)).toEqual(["Bearer at-1", "Bearer at-2"])
  })

  it("WIRE-026 it is renewed within its last five minutes, in mid-cycle too; a failed renewal is no harm while the old one holds", async () => {
    const world = oauthWorld({ intervalMs: 56 * 60_000 })
    await world.job.start()
    world.tokenAnswer = () => respond(503, "")
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 56 })
    expect(world.exchanges.length).toBeGreaterThan(1)
    expect(world.job.condition()).toMatchObject({ code: "Active", quarantine: null })
    expect(world.target.resources.get("u1")).toMatchObject({ title: "Picker" })
  })

  it("WIRE-026 without expires_in a token is taken to live an hour", async () => {
    const world = oauthWorld()
    let issued = 0
    world.tokenAnswer = () => respond(200, { access_token: `bt-${++issued}`, token_type: "bearer" })
    await world.job.start()
    await world.clock.advance({ minutes: 80 })
    expect(tokensSeen(world)).toEqual(["Bearer bt-1", "Bearer bt-2"])
  })

  it.each([
    ["refuses", () => respond(401, { error: "invalid_client" })],
    ["is down", () => respond(503, "")],
    [
      "cannot be reached",
      () => {
        throw new TransportError("refused", "Nobody listens there.")
      },
    ],
  ])(
    "WIRE-030 ENG-QUAR-01 a token endpoint that %s quarantines the job at once, without any request to the target",
    async (_case, answer) => {
      const world = oauthWorld()
      world.tokenAnswer = answer
      await world.job.start()
      expect(world.target.requests).toEqual([])
      expect(world.job.condition()).toMatchObject({
        code: "Quarantine",
        quarantine: {
          reason: "EncounteredQuarantineException",
          error: { code: "SystemForCrossDomainIdentityManagementInvalidCredentials" },
        },
      })
      expect(world.job.cycles()[0]).toMatchObject({ state: "Failed" })
    },
  )

  it("RES-09 a token that the target refuses in mid-life is not used again: the next attempt exchanges anew", async () => {
    const world = oauthWorld()
    world.accepted = new Set(["at-1"])
    await world.job.start()
    world.accepted = new Set(["at-2", "at-3"])
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 40 })
    expect(world.job.condition().code).toBe("Quarantine")
    await world.clock.advance({ minutes: 30 })
    expect(world.job.condition().code).toBe("Active")
    expect(world.target.resources.get("u1")).toMatchObject({ title: "Picker" })
  })

  it("WIRE-029 Test connection exchanges first, every time, and then probes", async () => {
    const world = oauthWorld()
    expect(await world.job.testConnection()).toEqual({ ok: true })
    expect(await world.job.testConnection()).toEqual({ ok: true })
    expect(world.exchanges).toHaveLength(2)
    world.target.requests.length = 0
    world.tokenAnswer = () => respond(401, { error: "invalid_client" })
    expect(await world.job.testConnection()).toEqual({
      ok: false,
      code: "SystemForCrossDomainIdentityManagementCredentialValidationFailure",
      message: "The token endpoint answered HTTP 401: invalid_client.",
    })
    expect(world.target.requests).toEqual([])
  })

  it("WIRE-032 ENG-POD-03 provision on demand needs a stopped job", async () => {
    const world = oauthWorld()
    await world.job.start()
    await expect(world.job.provisionOnDemand(world.user)).rejects.toMatchObject({ code: "Conflict" })
    world.job.pause()
    expect((await world.job.provisionOnDemand(world.user)).result).toBe("Skipped")
  })

  it("no secret shows in what the job says about itself", async () => {
    const world = oauthWorld({ notificationEmail: "ops@orchard.example" })
    await world.job.start()
    world.tokenAnswer = () => respond(401, { error: "invalid_client", error_description: "0auth-s3cret is wrong" })
    await world.clock.advance({ hours: 3 })
    expect(world.job.condition().code).toBe("Quarantine")
    expect(everythingOf(world.job)).not.toMatch(/0auth-s3cret|at-\d/)
  })
})

describe("a secret token", () => {
  it("WIRE-021 is sent as it was entered, and never renewed by itself", async () => {
    const world = createWorld()
    world.job.updateCredentials({ token: "  eyJ.not-a-jwt/+== " })
    await world.job.start()
    await world.clock.advance({ days: 30 })
    expect(tokensSeen(world)).toEqual(["Bearer   eyJ.not-a-jwt/+== "])
  })
})

describe("new credentials", () => {
  it("ENG-CRED-04 the portal's Save keeps the old ones where the test fails", async () => {
    const world = oauthWorld()
    world.accepted = new Set(["at-1", "good"])
    await world.job.start()
    expect(await world.job.saveCredentials({ token: "bad" })).toMatchObject({ ok: false })
    await world.clock.advance({ minutes: 40 })
    expect(world.job.condition().code).toBe("Active")
    expect(await world.job.saveCredentials({ token: "good" })).toEqual({ ok: true })
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 40 })
    expect(tokensSeen(world)).toEqual(["Bearer at-1", "Bearer good"])
  })

  it("ENG-CRED-01 Graph's secrets are taken untested, and used from the next request on", async () => {
    const world = oauthWorld()
    await world.job.start()
    world.job.updateCredentials({ token: "plain" })
    world.tenant.update(world.user, { jobTitle: "Picker" })
    await world.clock.advance({ minutes: 40 })
    expect(tokensSeen(world)).toEqual(["Bearer at-1", "Bearer plain"])
  })
})
