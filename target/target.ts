/** The reference SCIM service provider, put together. */
import type { IncomingMessage, ServerResponse } from "node:http"
import { RESOURCE_TYPE_SCHEMA, SCHEMA_SCHEMA, SERVICE_PROVIDER_CONFIG_SCHEMA } from "../protocol/index.ts"
import type { Clock, IdSource } from "../protocol/index.ts"
import { AddressList } from "./auth/addresses.ts"
import type { Peer } from "./auth/addresses.ts"
import type { JwtOptions } from "./auth/jwt.ts"
import type { ConfiguredClient } from "./auth/oauth/clients.ts"
import type { RateLimit } from "./auth/rate-limit.ts"
import { TokenRegistry } from "./auth/tokens.ts"
import type { TokenControl } from "./auth/tokens.ts"
import type { JsonObject } from "./json.ts"
import { withLimits } from "./limits.ts"
import type { Limits } from "./limits.ts"
import { Metrics } from "./operations/metrics.ts"
import { createRouteNames } from "./operations/routes.ts"
import { createShape, type ResourceShape } from "./resource/shape.ts"
import { CORE_CATALOGUE } from "./schemas/catalogue.ts"
import type { Catalogue } from "./schemas/catalogue.ts"
import { Server } from "./server.ts"
import { DEFAULT_TENANT, tenantNameSchema, Tenants } from "./tenants/tenants.ts"
import { tenantSettingsSchema } from "./tenants/settings.ts"
import type { TenantSettings } from "./tenants/settings.ts"
import { Tenant } from "./tenants/tenant.ts"
import type { SharedService } from "./tenants/tenant.ts"
import { tolerancesOf } from "./tolerances.ts"
import type { Compat } from "./tolerances.ts"

const DEFAULT_BASE_PATH = "/scim/v2"

export interface TargetOptions {
  readonly clock: Clock
  readonly ids: IdSource
  /** A file, or `:memory:` (default). */
  readonly db?: string
  /** Bearer tokens that are accepted. Without any, and without `anonymous`, every request is refused. */
  readonly tokens?: readonly string[]
  /** Whether nobody has to authenticate. Default false. */
  readonly anonymous?: boolean
  /** Tenants beside the default one, with bearer tokens for each; made where they are not there yet. */
  readonly tenants?: Readonly<Record<string, readonly string[]>>
  /** Bearer tokens of the administration API, beside those in the database. */
  readonly administrators?: readonly string[]
  /** OAuth clients of the default tenant, beside those in the database. */
  readonly oauthClients?: readonly ConfiguredClient[]
  /** Signed tokens that the default tenant accepts. */
  readonly jwt?: JwtOptions
  /** Fetches an issuer's keys, where `jwt` names a URL. Default: it fails. */
  readonly fetch?: (url: string) => Promise<Response>
  /** For each tenant that has no limit of its own. Default: none. */
  readonly rateLimit?: RateLimit
  /** Addresses and CIDR blocks that may call. Default: all. */
  readonly allowedAddresses?: readonly string[]
  /** Addresses and CIDR blocks of proxies whose X-Forwarded-For is believed. Default: none. */
  readonly trustedProxies?: readonly string[]
  /** Whether writes and refused requests are recorded in the audit log; what is administered always is. Default true. */
  readonly audited?: boolean
  /** Milliseconds of a clock that never goes back: measures requests for /metrics. Default: nothing is measured. */
  readonly stopwatch?: () => number
  /** With what Entra needs (default), or strictly by the RFC. */
  readonly compat?: Compat
  /** Names of defects to switch on, the first outermost. */
  readonly defects?: readonly string[]
  /**
   * URL of the endpoints as answers name it; its path is where they are served. Default: path `/scim/v2`, and the origin
   * that each request called.
   */
  readonly baseUrl?: string
  /** How much a request may ask, where that is not the default. */
  readonly limits?: Readonly<Partial<Limits>>
  /** What is served: the RFC's own types and schemas (default), or these with custom ones ({@link readSchemas}). */
  readonly schemas?: Catalogue
  /** Resources that are there from the beginning, with their given ids, meta and read-only values: for tests. */
  readonly seed?: readonly JsonObject[]
  /** Hears of errors of the target itself, which answer 500. Default: nobody. */
  readonly onUnexpected?: (error: unknown) => void
}

export interface Target {
  /** Answers a request, with 500 where the target itself fails. What needs no waiting is answered at once. */
  readonly fetch: (request: Request, peer?: Peer) => Response | Promise<Response>
  /**
   * Answers a request straight from its socket, in a fraction of the time that a Request takes; false, and nothing has happened,
   * where it is not plain enough for that and `fetch` has to answer it.
   */
  readonly serve: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean
  /** Tokens of the default tenant, in memory. */
  readonly tokens: TokenControl
  /** From now on /health says that the server is about to end. */
  drain(): void
  /** Closes the database. */
  close(): void
}

/**
 * A running target. Nothing listens: hand it requests, or serve `fetch` on a socket.
 *
 * @throws RangeError for an unknown defect, a limit, base URL, address or tenant's name that is none; Error for a database of
 * another version or of other schemas, or open elsewhere.
 */
export function createTarget(options: TargetOptions): Target {
  const { clock, db = ":memory:" } = options
  const base = baseOf(options.baseUrl)
  const administrators = new TokenRegistry(clock, options.administrators ?? [], "token:administrator", "administration")
  const metrics = new Metrics()
  const shared = sharedServiceOf(options, administrators, metrics)
  const tokens = new TokenRegistry(clock, options.tokens ?? [])
  const given = {
    mainSettings: settingsOf(options.jwt),
    registries: registriesOf(options),
    ...(options.allowedAddresses !== undefined && { addresses: new AddressList(options.allowedAddresses) }),
  }
  const main = new Tenant(
    {
      ...base,
      name: DEFAULT_TENANT,
      db,
      ...(options.anonymous !== true && { tokens }),
      clients: options.oauthClients ?? [],
      defects: options.defects ?? [],
      seed: options.seed ?? [],
    },
    shared,
  )
  try {
    const tenants = openTenants(options, { main, db, base, shared, ...given })
    const server = createServer(options, { tenants, base, shared, administrators, metrics, ...given })
    return {
      fetch: (request, peer) => server.fetch(request, peer),
      serve: (incoming, outgoing) => server.serve(incoming, outgoing),
      tokens,
      drain: () => server.drain(),
      close: () => tenants.close(),
    }
  } catch (error) {
    main.close()
    throw error
  }
}

interface Base {
  readonly baseUrl?: string
  readonly basePath: string
}

interface ServerParts {
  readonly tenants: Tenants
  readonly base: Base
  readonly shared: SharedService
  readonly administrators: TokenRegistry
  readonly metrics: Metrics
  readonly addresses?: AddressList
}

function createServer({ clock, stopwatch }: TargetOptions, parts: ServerParts): Server {
  const { tenants, base, shared, administrators, metrics, addresses } = parts
  const { onUnexpected, trustedProxies } = shared
  const endpoints = [...shared.types.map(({ endpoint }) => endpoint), ...OTHER_ENDPOINTS]
  const sources = [administrators, tenants.main.credentials]
  return new Server({
    tenants,
    basePath: base.basePath,
    admin: { tenants, clock, sources, onUnexpected, ...(trustedProxies !== undefined && { trustedProxies }) },
    ...(addresses !== undefined && { addresses }),
    ...(stopwatch !== undefined && { measuring: { metrics, stopwatch, routeOf: createRouteNames(endpoints) } }),
    onUnexpected,
  })
}

/** Endpoints that are no resource types: metrics name them. */
const OTHER_ENDPOINTS = ["/ServiceProviderConfig", "/ResourceTypes", "/Schemas", "/Bulk", "/Me", "/.search"]

function sharedServiceOf(options: TargetOptions, administrators: TokenRegistry, metrics: Metrics): SharedService {
  const { clock, ids, compat = "entra", schemas: catalogue = CORE_CATALOGUE, rateLimit, trustedProxies } = options
  const { types, schemas } = catalogue
  return {
    clock,
    ids,
    catalogue,
    types,
    schemas: [...schemas, SERVICE_PROVIDER_CONFIG_SCHEMA, RESOURCE_TYPE_SCHEMA, SCHEMA_SCHEMA],
    shapes: shapesOf(catalogue),
    tolerances: tolerancesOf(compat),
    limits: withLimits(options.limits ?? {}),
    administrators,
    audited: options.audited ?? true,
    fetch: options.fetch ?? (() => Promise.reject(new Error("Nothing was given to fetch keys with."))),
    onLimited: () => metrics.limited(),
    onUnexpected: options.onUnexpected ?? (() => {}),
    ...(rateLimit !== undefined && { rateLimit }),
    ...(trustedProxies !== undefined && { trustedProxies: new AddressList(trustedProxies) }),
  }
}

/** A program may make hundreds of targets, each with the same catalogue. */
const knownShapes = new WeakMap<Catalogue, readonly ResourceShape[]>()

function shapesOf(catalogue: Catalogue): readonly ResourceShape[] {
  const known = knownShapes.get(catalogue)
  if (known !== undefined) return known
  const { types, schemas, custom } = catalogue
  const shapes = types.map((type) => createShape(type, schemas, custom))
  knownShapes.set(catalogue, shapes)
  return shapes
}

interface TenantParts {
  readonly main: Tenant
  readonly mainSettings: TenantSettings
  readonly registries: ReadonlyMap<string, TokenRegistry>
  readonly db: string
  readonly base: Base
  readonly shared: SharedService
}

function openTenants({ clock, anonymous = false }: TargetOptions, parts: TenantParts): Tenants {
  const { main, mainSettings, registries, db, base, shared } = parts
  const tenants = new Tenants({
    main,
    mainSettings,
    db,
    startedAt: clock.now(),
    open: ({ name, settings }, file) => {
      const tokens = registries.get(name) ?? new TokenRegistry(clock, [])
      const placed = { ...behind(base, `/t/${name}`), name, db: file, ...(!anonymous && { tokens }) }
      const tenant = new Tenant(placed, shared)
      tenant.configure(settings)
      return tenant
    },
  })
  for (const name of registries.keys()) tenants.ensure({ name, created: clock.now(), settings: {} })
  return tenants
}

/** @throws RangeError for a name that no tenant can have */
function registriesOf({ clock, tenants = {} }: TargetOptions): ReadonlyMap<string, TokenRegistry> {
  return new Map(Object.entries(tenants).map(([name, tokens]) => [mustBeName(name), new TokenRegistry(clock, tokens)]))
}

/** @throws RangeError for keys that are none, or fetched in the clear */
function settingsOf(jwt: JwtOptions | undefined): TenantSettings {
  const parsed = tenantSettingsSchema.safeParse({ ...(jwt !== undefined && { jwt }) })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new RangeError(`${issue?.path.join(".") ?? "jwt"}: ${issue?.message ?? "not valid"}`)
}

/** The same base, with a part of the path in front. */
function behind({ baseUrl, basePath }: Base, path: string): Base {
  if (baseUrl === undefined) return { basePath: `${path}${basePath}` }
  const origin = baseUrl.slice(0, baseUrl.length - basePath.length)
  return { baseUrl: `${origin}${path}${basePath}`, basePath: `${path}${basePath}` }
}

function mustBeName(name: string): string {
  if (name !== DEFAULT_TENANT && tenantNameSchema.safeParse(name).success) return name
  throw new RangeError(
    `${JSON.stringify(name)} cannot be a tenant's name: use a-z, 0-9 and hyphens, and not "${DEFAULT_TENANT}".`,
  )
}

function baseOf(url: string | undefined): Base {
  if (url === undefined) return { basePath: DEFAULT_BASE_PATH }
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.search !== "" || parsed.hash !== "") {
    throw new RangeError(`${url} is no base URL: it must be http or https, without query and fragment.`)
  }
  const basePath = parsed.pathname.replace(/\/+$/, "")
  return { baseUrl: `${parsed.origin}${basePath}`, basePath }
}
