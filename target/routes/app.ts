/** The HTTP edge: authentication, limits, endpoints, and one renderer for every error. */
import { Hono } from "hono"
import type { Context } from "hono"
import { USER_RESOURCE_TYPE } from "../../protocol/index.ts"
import type { ResourceTypeDefinition, SchemaDefinition } from "../../protocol/index.ts"
import type { Intent } from "../auth/gate.ts"
import type { Peer } from "../auth/addresses.ts"
import type { Guard } from "../auth/guard.ts"
import type { ResourceContext } from "../resource/context.ts"
import type { Addressing } from "../resource/filter/expressions.ts"
import type { ResourceShape } from "../resource/shape.ts"
import { Memo } from "../memo.ts"
import { badRequest, notFound, ScimError } from "../scim-error.ts"
import { assertSize } from "./body.ts"
import { bulkEndpoint } from "./bulk.ts"
import type { Answer, Call } from "./call.ts"
import { discoveryEndpoints, SERVICE_PROVIDER_CONFIG_ENDPOINT } from "./discovery.ts"
import { endpoint } from "./endpoint.ts"
import type { Handler } from "./endpoint.ts"
import { answerError } from "./exchange.ts"
import { FetchCall, toResponse } from "./fetch-call.ts"
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

/** The endpoints of one tenant. */
export interface App {
  /** Answers a request, whatever it is. */
  readonly fetch: (request: Request, peer: Peer | undefined) => Response | Promise<Response>
  /** Answers a call as it stands: its path needs no decoding, and ends in the id where it names one. */
  readonly answer: Perform
}

type Perform = (call: Call) => Answer | Promise<Answer>

export function createApp(setup: AppOptions): App {
  const { basePath, shapes, types, schemas, resources, guard } = setup
  const app = new Hono({ strict: false })
  const baseUrl = (call: Call): string => setup.baseUrl ?? `${call.origin}${basePath}`
  const addressing = addressingBy(baseUrl, types)
  const around = surround(setup)
  const performs = new Map<unknown, { readonly perform: Perform; readonly takesId: boolean }>()
  // One handler for each path, and no middleware around it: Hono then answers without a promise where none is needed.
  const serve = (path: string, handler: Handler): void => {
    const perform = around(handler)
    const respond = responding(perform)
    performs.set(respond, { perform, takesId: path.endsWith("/:id") })
    app.all(`${basePath}${path}`, respond)
  }
  const performMissing = around((call) => {
    throw missing(call.path, basePath)
  })
  app.notFound(responding(performMissing))
  const { limits } = resources
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
  return {
    fetch: (request, peer) => app.fetch(request, peer),
    answer: (call) => {
      const [found] = app.router.match(call.method, call.path)[0]
      const known = performs.get(found?.[0][0])
      if (known === undefined) return performMissing(call)
      if (known.takesId) call.id = call.path.slice(call.path.lastIndexOf("/") + 1)
      return known.perform(call)
    },
  }
}

/** What stands around every handler: who may pass, what can be answered, and what becomes of errors. */
function surround({ basePath, guard, resources: { limits }, onUnexpected }: AppOptions): (handler: Handler) => Perform {
  const proceed = (call: Call, handler: Handler): Answer | Promise<Answer> => {
    negotiate(call.header("accept"))
    assertSize(call, limits.maxBodyBytes)
    return handler(call)
  }
  // Credentials are looked at before anything else (RFC9110-13.2.1-01).
  const pass = (call: Call, handler: Handler): Answer | Promise<Answer> => {
    const admitted = isOpen(call, basePath) ? undefined : guard.admit(call, intentOf(call))
    return admitted === undefined ? proceed(call, handler) : admitted.then(() => proceed(call, handler))
  }
  const refuse = (call: Call, error: unknown): Answer => {
    if (error instanceof ScimError) {
      guard.refused(call, error, intentOf(call), call.path.slice(basePath.length + 1))
    }
    return answerError(error, onUnexpected)
  }
  return (handler) => (call) => {
    try {
      const answer = pass(call, handler)
      return answer instanceof Promise ? answer.catch((error: unknown) => refuse(call, error)) : answer
    } catch (error) {
      return refuse(call, error)
    }
  }
}

function responding(perform: Perform): (context: Context) => Response | Promise<Response> {
  return (context) => {
    const answer = perform(new FetchCall(context))
    return answer instanceof Promise ? answer.then(toResponse) : toResponse(answer)
  }
}

function addressingBy(
  baseUrl: (call: Call) => string,
  types: readonly ResourceTypeDefinition[],
): (call: Call) => Addressing {
  const endpoints = new Map(types.map(({ name, endpoint }) => [name, endpoint]))
  const names = [...endpoints.keys()]
  const known = new Memo<Addressing>(100)
  const addressingAt = (base: string): Addressing => {
    const urls = new Map([...endpoints].map(([type, endpoint]) => [type, `${base}${endpoint}`]))
    return { base, types: names, collectionUrl: (type) => urls.get(type) ?? base }
  }
  let last = addressingAt("")
  return (call) => {
    const base = baseUrl(call)
    if (base !== last.base) last = known.recall(base, addressingAt)
    return last
  }
}

/** A query sent by POST changes nothing either (RFC 7644 §3.4.3). */
function intentOf({ method, path }: Call): Intent {
  return method === "GET" || method === "HEAD" || (method === "POST" && path.endsWith("/.search")) ? "read" : "write"
}

/** How to authenticate can be read without authentication (RFC7643-5-06). */
function isOpen({ method, path }: Call, basePath: string): boolean {
  const isRead = method === "GET" || method === "HEAD"
  return isRead && path === `${basePath}${SERVICE_PROVIDER_CONFIG_ENDPOINT}`
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
