/** What `scimulate target` is told about who may call: from options to what the target takes. */
import { resolve } from "node:path"
import { isBlock, jwksSchema, NO_BLOCK, type TargetOptions as Target } from "../target/index.ts"
import { isLoopbackHost } from "./connect/loopback.ts"
import { UsageError } from "./errors.ts"
import { readTextFile } from "./files.ts"
import type { TargetOptions } from "./options.ts"
import type { Session } from "./session.ts"

/** An issuer's keys must come within this time. */
const KEYS_TIMEOUT_MS = 5000

type Guards = Pick<
  Target,
  "administrators" | "tenants" | "oauthClients" | "jwt" | "fetch" | "rateLimit" | "allowedAddresses" | "trustedProxies"
>

/** @throws UsageError where an option is malformed, or says nothing without another */
export async function readGuards(options: TargetOptions, session: Session): Promise<Guards> {
  const { adminToken = [], adminTokenEnv, tenant = [], oauthClient = [], rateLimit, allowIp, trustProxy } = options
  const fromEnv = adminTokenEnv === undefined ? [] : [readEnv(adminTokenEnv, session.env)]
  const jwt = await readJwt(options, session)
  return {
    administrators: [...adminToken, ...fromEnv],
    tenants: readTenants(tenant),
    oauthClients: oauthClient.map(readClient),
    // Whose signed tokens to accept can be administered, too.
    fetch: fetchKeys,
    ...(jwt !== undefined && { jwt }),
    ...(rateLimit !== undefined && { rateLimit: readRateLimit(rateLimit) }),
    ...(allowIp !== undefined && { allowedAddresses: readBlocks("--allow-ip", allowIp) }),
    ...(trustProxy !== undefined && { trustedProxies: readBlocks("--trust-proxy", trustProxy) }),
  }
}

/** Every secret among the guards: they are never shown. */
export function secretsOf({ administrators = [], tenants = {}, oauthClients = [] }: Guards): readonly string[] {
  return [...administrators, ...Object.values(tenants).flat(), ...oauthClients.map(({ secret }) => secret)]
}

function readEnv(name: string, env: Session["env"]): string {
  const token = env[name]
  if (token !== undefined && token !== "") return token
  throw new UsageError("USAGE_OPTION", `--admin-token-env: ${name} is not set`, { hint: `export ${name}=…` })
}

/** `acme` or `acme=TOKEN`; a tenant that is named twice has both tokens. */
function readTenants(given: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const tenants = new Map<string, readonly string[]>()
  for (const text of given) {
    const equals = text.indexOf("=")
    const name = equals === -1 ? text : text.slice(0, equals)
    const token = equals === -1 ? "" : text.slice(equals + 1)
    if (equals !== -1 && token === "") {
      throw new UsageError("USAGE_OPTION", `--tenant ${text}: the token is empty`, { hint: "--tenant acme=TOKEN" })
    }
    tenants.set(name, [...(tenants.get(name) ?? []), ...(token === "" ? [] : [token])])
  }
  return Object.fromEntries(tenants)
}

/** `ID:SECRET`; the secret may hold colons. */
function readClient(text: string): { readonly id: string; readonly secret: string } {
  const colon = text.indexOf(":")
  const id = text.slice(0, Math.max(colon, 0))
  const secret = text.slice(colon + 1)
  if (id === "" || secret === "") {
    throw new UsageError("USAGE_OPTION", "--oauth-client takes an id and a secret with a colon between them", {
      hint: "--oauth-client entra:s3cret",
    })
  }
  return { id, secret }
}

const UNITS_MS: ReadonlyMap<string | undefined, number> = new Map([
  ["s", 1000],
  ["min", 60_000],
  ["h", 3_600_000],
])

/** `25/s`, `1500/min`, `90000/h`. */
function readRateLimit(text: string): NonNullable<Guards["rateLimit"]> {
  const [, requests, unit] = /^(\d{1,7})\/(s|min|h)$/.exec(text) ?? []
  const perMs = UNITS_MS.get(unit)
  if (requests === undefined || perMs === undefined || Number(requests) === 0) {
    throw new UsageError("USAGE_OPTION", `--rate-limit ${text} is no rate`, {
      hint: "requests per s, min or h for each tenant: 25/s or 1500/min",
    })
  }
  return { requests: Number(requests), perMs }
}

function readBlocks(option: string, given: readonly string[]): readonly string[] {
  const wrong = given.find((text) => !isBlock(text))
  if (wrong === undefined) return given
  throw new UsageError("USAGE_OPTION", `${option}: ${JSON.stringify(wrong)} ${NO_BLOCK}`, {
    hint: `${option} 127.0.0.1,::1`,
  })
}

/** Issuer, audience and keys belong together. */
async function readJwt(options: TargetOptions, session: Session): Promise<Guards["jwt"]> {
  const { jwtIssuer: issuer, jwtAudience: audience, jwks, jwtClaim } = options
  if (issuer === undefined && audience === undefined && jwks === undefined && jwtClaim === undefined) return undefined
  if (issuer === undefined || audience === undefined || jwks === undefined) {
    throw new UsageError("USAGE_OPTION", "--jwt-issuer, --jwt-audience and --jwks belong together", {
      hint: "name the issuer of the tokens, whom they are made out to, and the issuer's keys",
    })
  }
  return {
    issuer,
    audience,
    jwks: /^https?:/.test(jwks) ? readKeysUrl(jwks) : await readKeys(jwks, session),
    ...(jwtClaim !== undefined && { claims: Object.fromEntries(jwtClaim.map(readClaim)) }),
  }
}

/** Keys travel in the clear only where nobody else listens. */
function readKeysUrl(text: string): string {
  const url = URL.parse(text)
  if (url?.protocol === "https:" || (url !== null && isLoopbackHost(url.hostname))) return text
  throw new UsageError("USAGE_OPTION", `--jwks ${text} must be https, or on this machine`, {
    hint: "anybody on the way could change the keys",
  })
}

async function readKeys(
  file: string,
  session: Session,
): Promise<NonNullable<Exclude<Guards["jwt"], undefined>>["jwks"]> {
  const text = await readTextFile(resolve(session.folder, file), "--jwks")
  try {
    return jwksSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new UsageError("USAGE_FILE", `--jwks: ${file} holds no JSON Web Key Set`, {
      cause,
      hint: 'it looks like {"keys": [{"kty": "RSA", …}]}',
    })
  }
}

function readClaim(text: string): readonly [name: string, value: string] {
  const equals = text.indexOf("=")
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)]
  throw new UsageError("USAGE_OPTION", `--jwt-claim ${text} has no value`, { hint: "--jwt-claim tid=TENANT-ID" })
}

function fetchKeys(url: string): Promise<Response> {
  return fetch(url, { redirect: "error", signal: AbortSignal.timeout(KEYS_TIMEOUT_MS) })
}
