/** The HTTP edge: authentication, limits, endpoints, and one renderer for every error. */
import { Hono } from "hono"
import type { Context } from "hono"
import { bodyLimit } from "hono/body-limit"
import type { ResourceTypeDefinition, SchemaDefinition } from "../../protocol/index.ts"
import { authenticate } from "../auth/bearer.ts"
import type { TokenRegistry } from "../auth/tokens.ts"
import type { ResourceContext } from "../resource/context.ts"
import type { Addressing } from "../resource/filter/expressions.ts"
import type { ResourceShape } from "../resource/shape.ts"
import { badRequest, notFound, ScimError } from "../scim-error.ts"
import { addDiscoveryRoutes, SERVICE_PROVIDER_CONFIG_ENDPOINT } from "./discovery.ts"
import { answerError } from "./exchange.ts"
import { negotiate } from "./media-type.ts"
import { addResourceRoutes } from "./resources.ts"
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from "./search-parameters.ts"

export interface AppOptions {
  /** Path in front of the endpoints, without a slash at the end: `/scim/v2`. */
  readonly basePath: string
  /** Base URL to use in answers; without it the one that was called. */
  readonly baseUrl?: string
  /** Without it nobody has to authenticate. */
  readonly tokens?: TokenRegistry
  readonly resources: ResourceContext
  readonly shapes: readonly ResourceShape[]
  readonly types: readonly ResourceTypeDefinition[]
  readonly schemas: readonly SchemaDefinition[]
  readonly maxBodyBytes: number
  /** Hears of errors that are not the client's fault. */
  readonly onUnexpected: (error: unknown) => void
}

export function createApp(options: AppOptions): Hono {
  const { basePath, shapes, types, schemas, resources, maxBodyBytes } = options
  const app = new Hono({ strict: false })
  const baseUrl = (context: Context): string => options.baseUrl ?? `${new URL(context.req.url).origin}${basePath}`
  const addressing = addressingBy(baseUrl, types)

  app.onError((error) => answerError(error, options.onUnexpected))
  app.notFound((context) => answerError(missing(context.req.path, basePath), options.onUnexpected))
  app.use(async (context, next) => {
    const { tokens } = options
    if (tokens !== undefined && !isOpen(context, basePath)) authenticate(context.req.header("authorization"), tokens)
    negotiate(context.req.header("accept"))
    await next()
  })
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => {
        throw new ScimError(413, `A body may have ${maxBodyBytes} bytes at most.`)
      },
    }),
  )

  const offer = {
    maxResults: MAX_PAGE_SIZE,
    defaultPageSize: DEFAULT_PAGE_SIZE,
    needsToken: options.tokens !== undefined,
  }
  addDiscoveryRoutes(app, { basePath, baseUrl, offer, types, schemas })
  for (const shape of shapes) addResourceRoutes(app, shape, { basePath, resources, addressing })
  for (const endpoint of ["/Bulk", "/Me", "/.search", ""]) app.all(`${basePath}${endpoint}`, refuseUnsupported)
  return app
}

function addressingBy(
  baseUrl: (context: Context) => string,
  types: readonly ResourceTypeDefinition[],
): (context: Context) => Addressing {
  const endpoints = new Map(types.map(({ name, endpoint }) => [name, endpoint]))
  const names = [...endpoints.keys()]
  return (context) => {
    const base = baseUrl(context)
    return { types: names, collectionUrl: (type) => `${base}${endpoints.get(type) ?? ""}` }
  }
}

/** How to authenticate can be read without authentication (RFC7643-5-06). */
function isOpen({ req }: Context, basePath: string): boolean {
  const isRead = req.method === "GET" || req.method === "HEAD"
  return isRead && req.path === `${basePath}${SERVICE_PROVIDER_CONFIG_ENDPOINT}`
}

/** Another version in place of ours is named as such (RFC7644-3.13-01). */
function missing(path: string, basePath: string): ScimError {
  const root = /^(.*)\/v\d+$/.exec(basePath)?.[1]
  const isVersioned = root !== undefined && path.startsWith(`${root}/`) && /^\/v\d/.test(path.slice(root.length))
  if (isVersioned && !path.startsWith(`${basePath}/`)) {
    return badRequest("invalidVers", "Only version 2 of SCIM is served here.")
  }
  return notFound("There is no such endpoint.")
}

/** What is announced as unsupported says so (RFC7644-3.7-01, -3.11-03, -3.4.2.1-01). */
function refuseUnsupported(): never {
  throw new ScimError(501, "This operation is not supported.")
}
