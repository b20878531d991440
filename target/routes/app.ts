/** The HTTP edge: authentication, limits, endpoints, and one renderer for every error. */
import { Hono } from "hono"
import type { Context } from "hono"
import { USER_RESOURCE_TYPE } from "../../protocol/index.ts"
import type { ResourceTypeDefinition, SchemaDefinition } from "../../protocol/index.ts"
import type { Intent } from "../auth/gate.ts"
import type { Guard } from "../auth/guard.ts"
import type { ResourceContext } from "../resource/context.ts"
import type { Addressing } from "../resource/filter/expressions.ts"
import type { ResourceShape } from "../resource/shape.ts"
import { Memo } from "../memo.ts"
import { badRequest, notFound, ScimError } from "../scim-error.ts"
import { assertSize } from "./body.ts"
import { bulkEndpoint } from "./bulk.ts"
import { discoveryEndpoints, SERVICE_PROVIDER_CONFIG_ENDPOINT } from "./discovery.ts"
import { endpoint } from "./endpoint.ts"
import type { Handler } from "./endpoint.ts"
import { answerError, originOf } from "./exchange.ts"
import { negotiate } from "./media-type.ts"
import { meEndpoint, resourceEndpoints } from "./resources.ts"
import { searchHandlers } from "./search.ts"

export interface AppOptions {
  /** Path in front of the endpoints, without a slash at the end: `/scim/v2`. */
  readonly basePath: string
  /** Base URL to use in answers; without it the one that was called. */
  readonly baseUrl?: string
  readonly guard: Guard
  readonly resources: ResourceContext
  readonly shapes: readonly ResourceShape[]
  readonly types: readonly ResourceTypeDefinition[]
  readonly schemas: readonly SchemaDefinition[]
  /** Hears of errors that are not the client's fault. */
  readonly onUnexpected: (error: unknown) => void
}

export function createApp(setup: AppOptions): Hono {
  const { basePath, shapes, types, schemas, resources, guard } = setup
  const { limits } = resources
  const app = new Hono({ strict: false })
  const baseUrl = (context: Context): string => setup.baseUrl ?? `${originOf(context)}${basePath}`
  const addressing = addressingBy(baseUrl, types)
  // Credentials are looked at before anything else (RFC9110-13.2.1-01).
  const pass = (context: Context, handler: Handler): Response | Promise<Response> => {
    const admitted = isOpen(context, basePath) ? undefined : guard.admit(context, intentOf(context))
    return admitted === undefined ? proceed(context, handler) : admitted.then(() => proceed(context, handler))
  }
  const proceed = (context: Context, handler: Handler): Response | Promise<Response> => {
    negotiate(context.req.header("accept"))
    assertSize(context, limits.maxBodyBytes)
    return handler(context)
  }
  // One handler for each path, and no middleware around it: Hono then answers without a promise where none is needed.
  const serve = (path: string, handler: Handler): void => {
    app.all(`${basePath}${path}`, (context) => pass(context, handler))
  }

  app.onError((error, context) => {
    if (error instanceof ScimError) {
      guard.refused(context, error, intentOf(context), context.req.path.slice(basePath.length + 1))
    }
    return answerError(error, setup.onUnexpected)
  })
  app.notFound((context) =>
    pass(context, () => {
      throw missing(context.req.path, basePath)
    }),
  )
  const offer = {
    maxResults: limits.maxPageSize,
    defaultPageSize: limits.defaultPageSize,
    maxBulkOperations: limits.maxBulkOperations,
    maxBulkBytes: limits.maxBulkBytes,
    needsToken: guard.needsToken,
  }
  const options = { resources, addressing, guard }
  const root = searchHandlers(shapes, options)
  const endpoints = [
    ...discoveryEndpoints({ baseUrl, offer, types, schemas }),
    ...shapes.flatMap((shape) => resourceEndpoints(shape, options)),
    ["", endpoint({ GET: root.get })] as const,
    ["/.search", root.searching] as const,
    ["/Bulk", bulkEndpoint(shapes, options)] as const,
  ]
  for (const [path, handler] of endpoints) serve(path, handler)
  const users = endpoints.find(([path]) => path === `${USER_RESOURCE_TYPE.endpoint}/:id`)
  if (users !== undefined) serve("/Me", meEndpoint(guard, users[1]))
  return app
}

function addressingBy(
  baseUrl: (context: Context) => string,
  types: readonly ResourceTypeDefinition[],
): (context: Context) => Addressing {
  const endpoints = new Map(types.map(({ name, endpoint }) => [name, endpoint]))
  const names = [...endpoints.keys()]
  const known = new Memo<Addressing>(100)
  const addressingAt = (base: string): Addressing => {
    const urls = new Map([...endpoints].map(([type, endpoint]) => [type, `${base}${endpoint}`]))
    return { base, types: names, collectionUrl: (type) => urls.get(type) ?? base }
  }
  let last = addressingAt("")
  return (context) => {
    const base = baseUrl(context)
    if (base !== last.base) last = known.recall(base, addressingAt)
    return last
  }
}

/** A query sent by POST changes nothing either (RFC 7644 §3.4.3). */
function intentOf({ req }: Context): Intent {
  const { method } = req
  return method === "GET" || method === "HEAD" || (method === "POST" && req.path.endsWith("/.search"))
    ? "read"
    : "write"
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
