/**
 * The administration API under /admin (docs/administration.md): tenants, their credentials, audit log and defects, and
 * starting over. JSON in and out; errors are problem details. It takes administration tokens and no others.
 */
import { Hono } from "hono"
import type { Context } from "hono"
import { AuditTrail } from "../audit/audit-trail.ts"
import type { Peer } from "../auth/addresses.ts"
import { authenticate } from "../auth/bearer.ts"
import type { TokenSource } from "../auth/bearer.ts"
import { RateLimiter } from "../auth/rate-limit.ts"
import { Memo } from "../memo.ts"
import { ScimError } from "../scim-error.ts"
import { auditEndpoints } from "./audit.ts"
import { ADMINISTRATOR, actorOf, addressOf, answerJson } from "./context.ts"
import type { AdminContext } from "./context.ts"
import { credentialEndpoints } from "./credentials.ts"
import { defectEndpoints } from "./defects.ts"
import type { AdminEndpoint } from "./endpoint.ts"
import { Problem, renderProblem } from "./problem.ts"
import { tenantEndpoints } from "./tenants.ts"

/** Path in front of the endpoints. */
export const ADMIN_PATH = "/admin"

/** Refused credentials are told so, until they come faster than a person types. */
const FAILURES = { requests: 60, perMs: 60_000 }

/** So many tokens are told apart without hashing them again. */
const DIGESTS = 10

export interface AdminOptions extends AdminContext {
  /** Tokens of administrators. */
  readonly sources: readonly TokenSource[]
  readonly onUnexpected: (error: unknown) => void
}

export type AdminApp = (request: Request, peer: Peer | undefined) => Response | Promise<Response>

export function createAdminApp(options: AdminOptions): AdminApp {
  const { sources, clock, tenants, onUnexpected } = options
  const { main } = tenants
  const app = new Hono<{ Variables: { [ADMINISTRATOR]: string } }>({ strict: false })
  const authenticator = { digests: new Memo<string>(DIGESTS), sources }
  const failures = new RateLimiter(clock, FAILURES)
  const enqueue = (work: () => void): Promise<void> => main.store.enqueue(work)
  const trail = new AuditTrail({ log: main.audit, kind: "administration", clock, enqueue, onUnexpected })

  app.use("*", async (context, next) => {
    const access = await authenticate(context.req.header("authorization"), authenticator)
    context.set(ADMINISTRATOR, access.actor)
    if (access.role !== "administration") throw new Problem(403, "This token administers nothing.")
    await next()
  })
  const endpoints = [
    ...tenantEndpoints(options),
    ...credentialEndpoints(options),
    ...auditEndpoints(options),
    ...defectEndpoints(options),
  ]
  const index: AdminEndpoint = {
    path: "",
    methods: { GET: () => answerJson(200, { endpoints: namesOf([index, ...endpoints]) }) },
  }
  for (const one of [index, ...endpoints]) app.all(`${ADMIN_PATH}${one.path}`, handlerOf(one))
  app.notFound(() => renderProblem(new Problem(404, "There is no such endpoint: GET /admin lists them.")))
  app.onError((error, context) => {
    const problem = toProblem(error, failures, onUnexpected)
    const { status, message: detail } = problem
    if (status === 401 || status === 403 || status === 429) {
      const caller = { actor: actorOf(context), address: addressOf(context, options) }
      const resource = context.req.path.slice(1)
      trail.refused(caller, { method: context.req.method, resource, status, detail })
    }
    return renderProblem(problem)
  })
  return (request, peer) => app.fetch(request, peer)
}

/** `GET /admin/tenants/{tenant}`, and so on. */
function namesOf(endpoints: readonly AdminEndpoint[]): readonly string[] {
  return endpoints.flatMap(({ path, methods }) => {
    const shown = path.replaceAll(/:(\w+)/g, (_, name: string) => `{${name}}`)
    return Object.keys(methods).map((method) => `${method} ${ADMIN_PATH}${shown}`)
  })
}

function handlerOf({ methods }: AdminEndpoint): (context: Context) => Response | Promise<Response> {
  const handlers = new Map<string, (context: Context) => Response | Promise<Response>>(Object.entries(methods))
  return (context) => {
    const handler = handlers.get(context.req.method)
    if (handler !== undefined) return handler(context)
    const allow = [...handlers.keys()].join(", ")
    throw new Problem(405, `The methods here are ${allow}.`, { headers: { allow } })
  }
}

function toProblem(error: unknown, failures: RateLimiter, onUnexpected: (error: unknown) => void): Problem {
  if (error instanceof Problem) return error
  if (!(error instanceof ScimError)) {
    onUnexpected(error)
    return new Problem(500, "The server failed; the request may be repeated.")
  }
  const waitMs = error.status === 401 ? failures.take() : 0
  if (waitMs === 0) return new Problem(error.status, error.message, { headers: error.headers })
  return new Problem(429, "Too many requests with refused credentials: wait, and repeat it.", {
    headers: { "retry-after": String(Math.ceil(waitMs / 1000)) },
  })
}
