/**
 * The options of a run and of `target` as data, once: flags and the configuration file both end here, parsed strictly, so
 * that neither can say something that the other would not understand.
 */
import { z } from "zod"

const text = z.string().min(1)
/** Repeatable: one value or a list, each of which may hold several with commas. */
const names = z
  .union([text, z.array(text)])
  .transform((value) => [value].flat().flatMap((item) => item.split(",").map((name) => name.trim())))
/** Repeatable, taken as it is. */
const texts = z.union([text, z.array(text)]).transform((value) => [value].flat())
const compat = z.enum(["entra", "rfc"])

/** What `scimulate run` can be told. Keys are the flags in camel case. */
export const runOptionsSchema = z.strictObject({
  url: text.optional(),
  token: text.optional(),
  tokenEnv: text.optional(),
  tokenFile: text.optional(),
  oauthTokenUrl: text.optional(),
  clientId: text.optional(),
  clientSecretEnv: text.optional(),
  header: texts.optional(),
  ca: text.optional(),
  insecure: z.boolean().optional(),
  suite: names.optional(),
  case: names.optional(),
  grep: text.optional(),
  list: z.boolean().optional(),
  dialect: z.enum(["entra", "entra-optscim"]).optional(),
  seed: z.int().min(0).max(0xffff_ffff).optional(),
  directory: text.optional(),
  adoptExisting: z.boolean().optional(),
  mapping: text.optional(),
  defect: names.optional(),
  compat: compat.optional(),
  reporter: names.optional(),
  baseline: text.optional(),
  updateBaseline: z.boolean().optional(),
  bail: z.boolean().optional(),
  concurrency: z.int().min(1).max(64).optional(),
  /** Requests a second. */
  rate: z.number().positive().optional(),
  /** Seconds that one answer may take. */
  timeout: z.number().positive().max(3600).optional(),
  keep: z.boolean().optional(),
  evidence: z.enum(["capped", "all"]).optional(),
  allowWrites: z.boolean().optional(),
})
export type RunOptions = z.infer<typeof runOptionsSchema>

/** What `scimulate target` can be told. */
export const targetOptionsSchema = z.strictObject({
  port: z.int().min(0).max(65_535).optional(),
  host: text.optional(),
  db: text.optional(),
  token: names.optional(),
  defect: names.optional(),
  compat: compat.optional(),
  schemas: text.optional(),
  limit: z.record(text, z.number()).optional(),
  tenant: names.optional(),
  adminToken: names.optional(),
  adminTokenEnv: text.optional(),
  oauthClient: texts.optional(),
  jwtIssuer: text.optional(),
  jwtAudience: names.optional(),
  /** A file, or a URL. */
  jwks: text.optional(),
  jwtClaim: texts.optional(),
  rateLimit: text.optional(),
  allowIp: names.optional(),
  trustProxy: names.optional(),
})
export type TargetOptions = z.infer<typeof targetOptionsSchema>

/** What `load` shares with `run`: where the endpoint is and who we are to it, what is sent, and where results go. */
const SHARED_WITH_LOAD = {
  url: true,
  token: true,
  tokenEnv: true,
  tokenFile: true,
  oauthTokenUrl: true,
  clientId: true,
  clientSecretEnv: true,
  header: true,
  ca: true,
  insecure: true,
  dialect: true,
  seed: true,
  defect: true,
  compat: true,
  reporter: true,
  rate: true,
  timeout: true,
  keep: true,
  allowWrites: true,
} as const

/** What only `scimulate load` can be told. */
const ownLoadOptionsSchema = z.strictObject({
  /** People in each tenant. */
  users: z.int().min(2).max(1_000_000).optional(),
  tenants: z.int().min(1).max(10_000).optional(),
  tenantTokens: text.optional(),
  /** Requests in flight for each tenant. */
  vus: z.int().min(1).max(1000).optional(),
  /** Seconds. */
  duration: z
    .number()
    .positive()
    .max(7 * 86_400)
    .optional(),
  thresholds: text.optional(),
  summary: text.optional(),
  k6: text.optional(),
  k8s: z.boolean().optional(),
  /** Pods that run k6. */
  runners: z.int().min(1).max(500).optional(),
  namespace: text.optional(),
  planClaim: text.optional(),
  journal: texts.optional(),
  writePlan: text.optional(),
})

/** What `scimulate load` can be told, besides the profile. */
export const loadOptionsSchema = runOptionsSchema.pick(SHARED_WITH_LOAD).extend(ownLoadOptionsSchema.shape).strict()
export type LoadOptions = z.infer<typeof loadOptionsSchema>

/** A configuration file: the options of a run, and beside them those of `target`, and those that only `load` has. */
export const configSchema = runOptionsSchema
  .omit({ list: true })
  .extend({ target: targetOptionsSchema.optional(), load: ownLoadOptionsSchema.optional() })
  .strict()
export type Config = z.infer<typeof configSchema>
/** A configuration as people write it: what repeats may stand as one text. */
export type ConfigInput = z.input<typeof configSchema>

/** Options that together are one way to give credentials: a flag among them replaces all that the configuration says. */
export const TOKEN_OPTIONS = ["token", "tokenEnv", "tokenFile", "oauthTokenUrl", "clientId", "clientSecretEnv"] as const

/** Options that name a file or folder: in a configuration file they are taken from its own folder. */
export const PATH_OPTIONS = ["tokenFile", "ca", "directory", "mapping", "baseline"] as const
/** Those of the block `load`. */
export const LOAD_PATH_OPTIONS = ["tenantTokens", "thresholds", "summary", "k6", "writePlan"] as const

/** The options of a run that `load` takes from a configuration file too. */
export const SHARED_OPTIONS: readonly string[] = Object.keys(SHARED_WITH_LOAD)
