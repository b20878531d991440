/**
 * What an administrator enters for a job, as Graph keeps it: pairs of key and value that belong to the service principal and are
 * replaced as a whole (ENG-CRED-01, WIRE-031, documented). Pure: pairs to connection and settings. No message holds a value.
 */
import * as z from "zod"
import { nearest } from "../../protocol/index.ts"
import type { Credentials } from "../dialect/credentials.ts"
import { toCredentials } from "./connection.ts"
import type { JobSettings } from "./settings.ts"

/** Graph's synchronizationSecretKeyStringValuePair. */
export interface SynchronizationSecret {
  readonly key: string
  readonly value: string
}

/** What the pairs say. Settings that they do not name are off, since the whole is replaced. */
export interface JobSecrets {
  readonly baseUrl: string
  readonly credentials: Credentials
  readonly settings: Pick<JobSettings, "syncAll" | "skipOutOfScopeDeletions" | "deleteThreshold" | "notificationEmail">
}

/** Secrets that can't be used. `problems` has all of them, the message the first. */
export class SecretsError extends Error {
  override readonly name = "SecretsError"
  readonly code = "BadRequest"
  /** A sentence each, beginning with the key. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    const [first = "", ...others] = problems
    super(others.length === 0 ? first : `${first} (and ${others.length} more)`)
    this.problems = problems
  }
}

const OAUTH_KEYS = ["Oauth2ClientId", "Oauth2ClientSecret", "Oauth2TokenExchangeUri"] as const
const USED_KEYS = [
  "BaseAddress",
  "SecretToken",
  "AuthenticationType",
  ...OAUTH_KEYS,
  "SyncAll",
  "SyncNotificationSettings",
  "SkipOutOfScopeDeletions",
] as const
type UsedKey = (typeof USED_KEYS)[number]

/** Keys of ways to sign in that provisioning does not offer any more, or never did (WIRE-023, documented). */
const REFUSED_KEYS = ["UserName", "Password", "Oauth2AccessToken", "Oauth2RefreshToken"] as const
/** Keys of other connectors: kept by Graph, and without meaning here (ENG-DEPROV-17: the first is nowhere explained). */
const IDLE_KEYS = [
  "HardDeletesEnabled",
  "UpdateKeyOnSoftDelete",
  "AppKey",
  "ClientIdentifier",
  "ClientSecret",
  "Domain",
  "CompanyId",
  "EnforceDomain",
  "ValidateDomain",
  "TestReferences",
  "ApplicationTemplateIdentifier",
] as const
const ALL_KEYS: readonly string[] = [...USED_KEYS, ...REFUSED_KEYS, ...IDLE_KEYS]

const OAUTH_TYPE = "OAuth2ClientCredentialsGrant"

/** Reads the pairs that a PUT brings. Throws {@link SecretsError} with every problem. */
export function parseSecrets(secrets: readonly SynchronizationSecret[]): JobSecrets {
  const problems = keyProblems(secrets)
  const values = new Map(secrets.map(({ key, value }) => [key, value]))
  // GRAPH-605: an empty text removes a key, so it counts as absent.
  const valueOf = (key: UsedKey): string => values.get(key) ?? ""
  const report = (problem: string): void => void problems.push(problem)

  if (valueOf("BaseAddress") === "") report("BaseAddress is missing: the Tenant URL of the endpoint.")
  const credentials = readCredentials(valueOf, report)
  const settings = {
    syncAll: readFlag("SyncAll", valueOf, report),
    skipOutOfScopeDeletions: readFlag("SkipOutOfScopeDeletions", valueOf, report),
    ...readNotifications(valueOf("SyncNotificationSettings"), report),
  }
  if (problems.length > 0) throw new SecretsError(problems)
  return { baseUrl: valueOf("BaseAddress"), credentials, settings }
}

type ValueOf = (key: UsedKey) => string
type Report = (problem: string) => void

function keyProblems(secrets: readonly SynchronizationSecret[]): string[] {
  const seen = new Set<string>()
  return secrets.flatMap(({ key }) => {
    if (seen.has(key)) return `${key} is given twice.`
    seen.add(key)
    if (REFUSED_KEYS.some((refused) => refused === key)) {
      return `${key}: neither basic authentication nor an authorization code is supported, only a bearer token or client credentials (WIRE-023).`
    }
    if (ALL_KEYS.includes(key)) return []
    const meant = nearest(key, ALL_KEYS)
    return `${key} is no key of a synchronization secret.${meant === undefined ? "" : ` Did you mean ${meant}?`}`
  })
}

/** WIRE-031, documented: keys of a bearer token and of OAuth are not mixed. An empty secret token: ENG-CRED-02. */
function readCredentials(valueOf: ValueOf, report: Report): Credentials {
  const type = valueOf("AuthenticationType")
  const oauthKeys = OAUTH_KEYS.filter((key) => valueOf(key) !== "")
  if (type === "") {
    for (const key of oauthKeys) report(`${key} needs AuthenticationType ${OAUTH_TYPE}.`)
    return toCredentials(valueOf("SecretToken"))
  }
  if (type !== OAUTH_TYPE) report(`AuthenticationType can only be ${OAUTH_TYPE}; leave it out for a secret token.`)
  if (valueOf("SecretToken") !== "") report("SecretToken and AuthenticationType must not be mixed: give one of them.")
  for (const key of OAUTH_KEYS) if (!oauthKeys.includes(key)) report(`${key} is missing.`)
  return {
    kind: "oauth",
    tokenUrl: valueOf("Oauth2TokenExchangeUri"),
    clientId: valueOf("Oauth2ClientId"),
    clientSecret: valueOf("Oauth2ClientSecret"),
    // Where the secret goes has no key of its own; Microsoft's sample exchanges it in the body (WIRE-025, documented).
    sendIn: "body",
  }
}

/** ENG-SCOPE-01, documented: "true" and "false", however they are capitalised. */
function readFlag(key: "SyncAll" | "SkipOutOfScopeDeletions", valueOf: ValueOf, report: Report): boolean {
  const value = valueOf(key).toLowerCase()
  if (!["", "true", "false"].includes(value)) report(`${key} must be "true" or "false".`)
  return value === "true"
}

/** ENG-DEL-01: the names are documented or seen in public scripts; Graph lets others through. */
const notificationSettings = z.looseObject({
  Enabled: z.boolean().optional(),
  Recipients: z.string().optional(),
  DeleteThresholdEnabled: z.boolean().optional(),
  DeleteThresholdValue: z.int().nonnegative().optional(),
  HumanResourcesLookaheadQueryEnabled: z.boolean().optional(),
})

/** Where the threshold is on and has no value (WIRE-188, documented). */
const DEFAULT_DELETE_THRESHOLD = 500

function readNotifications(text: string, report: Report): Pick<JobSettings, "deleteThreshold" | "notificationEmail"> {
  const { Enabled, Recipients, DeleteThresholdEnabled, DeleteThresholdValue } = parsedNotifications(text, report)
  return {
    deleteThreshold: DeleteThresholdEnabled === true ? (DeleteThresholdValue ?? DEFAULT_DELETE_THRESHOLD) : null,
    notificationEmail: Enabled === true && Recipients !== undefined && Recipients !== "" ? Recipients : null,
  }
}

function parsedNotifications(text: string, report: Report): z.infer<typeof notificationSettings> {
  if (text === "") return {}
  try {
    const result = notificationSettings.safeParse(JSON.parse(text))
    if (result.success) return result.data
    for (const { path, message } of result.error.issues) {
      report(`SyncNotificationSettings.${path.join(".")}: ${message}.`)
    }
  } catch {
    report('SyncNotificationSettings must be JSON text, such as {"Enabled":true,"Recipients":"ops@example.com"}.')
  }
  return {}
}
