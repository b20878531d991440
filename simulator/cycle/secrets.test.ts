import { describe, expect, it } from "vitest"
import { unauthorized } from "./fake-target.fixture.ts"
import { createWorld, person, worldWithAda } from "./job.fixture.ts"
import { parseSecrets, SecretsError } from "./secrets.ts"

const pairs = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }))

const BEARER = { BaseAddress: "https://scim.test/v2", SecretToken: "s3cret" }
const OAUTH = {
  BaseAddress: "https://scim.test/v2",
  AuthenticationType: "OAuth2ClientCredentialsGrant",
  Oauth2ClientId: "orchard-scim",
  Oauth2ClientSecret: "0auth-s3cret",
  Oauth2TokenExchangeUri: "https://login.orchard.example/oauth/token",
}
const OFF = { syncAll: false, skipOutOfScopeDeletions: false, deleteThreshold: null, notificationEmail: null }

function problemsOf(values: Readonly<Record<string, string>>): readonly string[] {
  try {
    parseSecrets(pairs(values))
  } catch (error) {
    if (error instanceof SecretsError) return error.problems
    throw error
  }
  return []
}

describe("the pairs", () => {
  it("ENG-CRED-01 WIRE-031 a tenant URL and a bearer token; what is not named is off", () => {
    expect(parseSecrets(pairs(BEARER))).toEqual({
      baseUrl: "https://scim.test/v2",
      credentials: { kind: "bearer", token: "s3cret" },
      settings: OFF,
    })
  })

  it("WIRE-031 OAuth client credentials", () => {
    expect(parseSecrets(pairs(OAUTH)).credentials).toEqual({
      kind: "oauth",
      tokenUrl: "https://login.orchard.example/oauth/token",
      clientId: "orchard-scim",
      clientSecret: "0auth-s3cret",
      sendIn: "body",
    })
  })

  it.each([{}, { SecretToken: "" }])("ENG-CRED-02 without a secret token (%o) the tenant issues one", (token) => {
    expect(parseSecrets(pairs({ BaseAddress: "https://scim.test/v2", ...token })).credentials).toEqual({
      kind: "entraIssued",
    })
  })

  it.each([
    ["true", true],
    ["True", true],
    ["FALSE", false],
    ["", false],
  ])("ENG-SCOPE-01 WIRE-186 SyncAll and SkipOutOfScopeDeletions in any capitals: %j is %j", (text, flag) => {
    const { settings } = parseSecrets(pairs({ ...BEARER, SyncAll: text, SkipOutOfScopeDeletions: text }))
    expect(settings).toEqual({ ...OFF, syncAll: flag, skipOutOfScopeDeletions: flag })
  })

  it.each([
    ['{"Enabled":false,"DeleteThresholdEnabled":false}', {}],
    ['{"Enabled":true,"Recipients":"ops@orchard.example"}', { notificationEmail: "ops@orchard.example" }],
    ['{"Enabled":false,"Recipients":"ops@orchard.example"}', {}],
    ['{"DeleteThresholdEnabled":true,"DeleteThresholdValue":12}', { deleteThreshold: 12 }],
    ['{"DeleteThresholdEnabled":true}', { deleteThreshold: 500 }],
    ['{"DeleteThresholdValue":12,"HumanResourcesLookaheadQueryEnabled":false}', {}],
  ])("ENG-DEL-01 WIRE-188 SyncNotificationSettings %s", (text, expected) => {
    const { settings } = parseSecrets(pairs({ ...BEARER, SyncNotificationSettings: text }))
    expect(settings).toEqual({ ...OFF, ...expected })
  })

  it("keys of other connectors are let through", () => {
    expect(problemsOf({ ...BEARER, HardDeletesEnabled: "true", Domain: "orchard.example" })).toEqual([])
  })
})

describe("pairs that are refused", () => {
  it("WIRE-023 there is no basic authentication and no authorization code", () => {
    expect(problemsOf({ ...BEARER, UserName: "ada", Password: "pw", Oauth2RefreshToken: "rt" })).toEqual([
      expect.stringMatching(/^UserName: neither basic authentication nor an authorization code is supported/),
      expect.stringMatching(/^Password: /),
      expect.stringMatching(/^Oauth2RefreshToken: /),
    ])
    expect(problemsOf({ ...OAUTH, AuthenticationType: "Basic" })[0]).toBe(
      "AuthenticationType can only be OAuth2ClientCredentialsGrant; leave it out for a secret token.",
    )
  })

  it("WIRE-023 WIRE-031 one way at a time: bearer and OAuth keys are not mixed, and no key comes twice", () => {
    expect(problemsOf({ ...OAUTH, SecretToken: "s3cret" })).toEqual([
      "SecretToken and AuthenticationType must not be mixed: give one of them.",
    ])
    expect(problemsOf({ ...BEARER, Oauth2ClientId: "orchard-scim" })).toEqual([
      "Oauth2ClientId needs AuthenticationType OAuth2ClientCredentialsGrant.",
    ])
    const twice = [...pairs(BEARER), { key: "SecretToken", value: "another" }]
    expect(() => parseSecrets(twice)).toThrow("SecretToken is given twice.")
  })

  it("every problem is named with its key, and no value is", () => {
    const problems = problemsOf({
      SecretTokn: "s3cret",
      SyncAll: "yes-please",
      SyncNotificationSettings: '{"DeleteThresholdValue":-1}',
    })
    expect(problems).toEqual([
      "SecretTokn is no key of a synchronization secret. Did you mean SecretToken?",
      "BaseAddress is missing: the Tenant URL of the endpoint.",
      'SyncAll must be "true" or "false".',
      expect.stringMatching(/^SyncNotificationSettings\.DeleteThresholdValue: /),
    ])
    expect(problems.join()).not.toMatch(/s3cret|yes-please/)
    expect(problemsOf({ ...BEARER, SyncNotificationSettings: "{" })[0]).toMatch(/must be JSON text/)
  })
})

describe("replacing the secrets of a job", () => {
  it("ENG-CRED-01 ENG-SCOPE-01 WIRE-186 takes the whole: the new token is used, and what is left out is off", async () => {
    const world = createWorld({
      settings: { syncAll: true, skipOutOfScopeDeletions: true, notificationEmail: "x@y.z" },
    })
    person(world, "ada")
    world.target.intercept = ({ headers }) => (headers["authorization"] === "Bearer new" ? undefined : unauthorized())
    world.job.replaceSecrets(pairs({ BaseAddress: "https://scim.test/v2", SecretToken: "new", SyncAll: "True" }))
    await world.job.start()
    expect(world.job.links()).toHaveLength(1)
    const [user] = world.tenant.users()
    if (user !== undefined) world.tenant.disable(user)
    await world.clock.advance({ minutes: 40 })
    expect(world.target.resources.get("u1")).toMatchObject({ active: false })
    expect(world.job.notifications()).toEqual([])
    expect(world.job.audit().map((entry) => entry.activityDisplayName)).toContain(
      "Update provisioning setting or credentials",
    )
  })

  it("ENG-CRED-01 a pair that is refused changes nothing", async () => {
    const world = worldWithAda()
    expect(() => world.job.replaceSecrets(pairs({ ...BEARER, SyncAll: "maybe" }))).toThrow(SecretsError)
    expect(() => world.job.replaceSecrets(pairs({ BaseAddress: "no URL", SecretToken: "new" }))).toThrow(/Tenant URL/)
    await world.job.start()
    expect(new Set(world.target.requests.map(({ headers }) => headers["authorization"]))).toEqual(
      new Set(["Bearer s3cret"]),
    )
  })
})
