/** The reference SCIM service provider, put together. */
import { RESOURCE_TYPE_SCHEMA, SCHEMA_SCHEMA, SERVICE_PROVIDER_CONFIG_SCHEMA } from "../protocol/index.ts"
import type { Clock, IdSource } from "../protocol/index.ts"
import { TokenRegistry } from "./auth/tokens.ts"
import type { TokenControl } from "./auth/tokens.ts"
import { findDefect } from "./defects/index.ts"
import type { FetchHandler } from "./defects/index.ts"
import type { JsonObject } from "./json.ts"
import { withLimits } from "./limits.ts"
import type { Limits } from "./limits.ts"
import type { ResourceContext } from "./resource/context.ts"
import { giveUpAtSecret } from "./resource/secrets.ts"
import { seedResources } from "./resource/seed.ts"
import { createShape } from "./resource/shape.ts"
import { createApp } from "./routes/app.ts"
import { CORE_CATALOGUE } from "./schemas/catalogue.ts"
import type { Catalogue } from "./schemas/catalogue.ts"
import { catalogueRecord } from "./schemas/record.ts"
import { openDatabase } from "./store/database.ts"
import { ResourceStore } from "./store/resource-store.ts"
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
  fetch(request: Request): Response | Promise<Response>
  readonly tokens: TokenControl
  /** Closes the database. */
  close(): void
}

/**
 * A running target. Nothing listens: hand it requests, or serve `fetch` on a socket.
 *
 * @throws RangeError for an unknown defect, a limit that is none, or a base URL that is none; Error for a database of another version or of other
 * schemas.
 */
export function createTarget(options: TargetOptions): Target {
  const { clock, ids, anonymous = false, compat = "entra", schemas: catalogue = CORE_CATALOGUE } = options
  const chosen = (options.defects ?? []).map(mustFindDefect)
  const { baseUrl, basePath } = baseOf(options.baseUrl)
  const tolerances = tolerancesOf(compat)
  const { types, schemas, custom } = catalogue
  const shapes = types.map((type) => createShape(type, schemas, custom))
  const store = new ResourceStore(openDatabase(options.db ?? ":memory:", catalogueRecord(catalogue)))
  const resources: ResourceContext = {
    store,
    clock,
    ids,
    tolerances,
    uniqueNames: new Set(tolerances.uniqueGroupNames ? ["Group.displayName"] : []),
    hashSecret: giveUpAtSecret,
    limits: withLimits(options.limits ?? {}),
  }
  seedResources(resources, shapes, options.seed ?? [])
  const tokens = new TokenRegistry(clock, options.tokens ?? [])
  const app = createApp({
    basePath,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(!anonymous && { tokens }),
    resources,
    shapes,
    types,
    schemas: [...schemas, SERVICE_PROVIDER_CONFIG_SCHEMA, RESOURCE_TYPE_SCHEMA, SCHEMA_SCHEMA],
    onUnexpected: options.onUnexpected ?? (() => {}),
  })
  const serve: FetchHandler = async (request) => app.fetch(request)
  const faulty = chosen.reduceRight((next, one) => one.wrap(next, { clock }), serve)
  return {
    fetch: (request) => (chosen.length === 0 ? app.fetch(request) : faulty(request)),
    tokens,
    close: () => store.close(),
  }
}

function mustFindDefect(name: string): NonNullable<ReturnType<typeof findDefect>> {
  const found = findDefect(name)
  if (found === undefined) throw new RangeError(`There is no defect called ${name}.`)
  return found
}

function baseOf(url: string | undefined): { readonly baseUrl?: string; readonly basePath: string } {
  if (url === undefined) return { basePath: DEFAULT_BASE_PATH }
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.search !== "" || parsed.hash !== "") {
    throw new RangeError(`${url} is no base URL: it must be http or https, without query and fragment.`)
  }
  const basePath = parsed.pathname.replace(/\/+$/, "")
  return { baseUrl: `${parsed.origin}${basePath}`, basePath }
}
