/**
 * What stands at which path: the default tenant's SCIM endpoints at the base path, the others' below /t/NAME, their token
 * endpoints beside them, the administration API, and what operators look at.
 */
import type { IncomingMessage, ServerResponse } from "node:http"
import { ADMIN_PATH, createAdminApp } from "./admin/app.ts"
import type { AdminApp, AdminOptions } from "./admin/app.ts"
import type { AddressList, Peer } from "./auth/addresses.ts"
import { TOKEN_PATH } from "./auth/oauth/token-endpoint.ts"
import type { Metrics } from "./operations/metrics.ts"
import type { App } from "./routes/app.ts"
import type { Answer } from "./routes/call.ts"
import { answerError } from "./routes/exchange.ts"
import { toResponse } from "./routes/fetch-call.ts"
import { sendAnswer, SocketCall } from "./routes/socket-call.ts"
import { notFound } from "./scim-error.ts"
import type { Tenant } from "./tenants/tenant.ts"
import type { Tenants } from "./tenants/tenants.ts"

const TENANTS_PATH = "/t/"
const HEALTH_PATH = "/health"
const METRICS_PATH = "/metrics"

export interface ServerOptions {
  readonly tenants: Tenants
  /** Of the default tenant; each other tenant has it behind its own part of the path. */
  readonly basePath: string
  readonly admin: AdminOptions
  /** Who may call at all. Without it, everybody. */
  readonly addresses?: AddressList
  /** Where requests are counted and timed; nowhere, without it. */
  readonly measuring?: Measuring
  readonly onUnexpected: (error: unknown) => void
}

export interface Measuring {
  readonly metrics: Metrics
  /** Milliseconds of a clock that never goes back. */
  readonly stopwatch: () => number
  /** Names the route of a path behind the base path. */
  readonly routeOf: (path: string) => string
}

type Reply = Response | Promise<Response>

export class Server {
  readonly #options: ServerOptions
  readonly #main: Tenant
  readonly #startedAt: number
  #admin: AdminApp | undefined
  #isDraining = false

  constructor(options: ServerOptions) {
    this.#options = options
    this.#main = options.tenants.main
    this.#startedAt = options.measuring?.stopwatch() ?? 0
  }

  /** Answers a request. What needs no waiting is answered at once. */
  fetch(request: Request, peer: Peer | undefined): Reply {
    const { measuring } = this.#options
    if (measuring === undefined) return this.#answer(request, peer)
    const since = measuring.stopwatch()
    const answer = this.#answer(request, peer)
    if (!(answer instanceof Promise)) return this.#measured(measuring, request, answer, since)
    return answer.then((response) => this.#measured(measuring, request, response, since))
  }

  /** Answers a plain request to a SCIM endpoint straight from its socket ({@link SocketCall}); false where `fetch` has to. */
  serve(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
    const { addresses, measuring } = this.#options
    const call = addresses === undefined ? SocketCall.from(incoming) : undefined
    const perform = call && this.#plainly(call.path)
    if (call === undefined || perform === undefined) return false
    const since = measuring?.stopwatch() ?? 0
    const send = (answer: Answer): void => {
      sendAnswer(outgoing, answer)
      if (measuring !== undefined) this.#observe(measuring, call.method, call.path, answer.status, since)
    }
    const answer = perform(call)
    if (answer instanceof Promise) void answer.then(send)
    else send(answer)
    return true
  }

  /** From now on /health says that the server is about to end, so that nothing new is sent to it. */
  drain(): void {
    this.#isDraining = true
  }

  #answer(request: Request, peer: Peer | undefined): Reply {
    const { addresses, onUnexpected } = this.#options
    try {
      return (addresses && this.#refuseStranger(request, peer, addresses)) ?? this.#route(request, peer)
    } catch (error) {
      return toResponse(answerError(error, onUnexpected))
    }
  }

  /** Whoever asks after the server's health learns nothing, and may be anywhere. */
  #refuseStranger(request: Request, peer: Peer | undefined, addresses: AddressList): Response | undefined {
    const isHealth = pathOf(request.url, pathStart(request.url)) === HEALTH_PATH
    return isHealth ? undefined : this.#main.refuseStranger(request, peer, addresses)
  }

  #route(request: Request, peer: Peer | undefined): Reply {
    const { basePath } = this.#options
    const { url } = request
    const start = pathStart(url)
    // Nearly everything is for the default tenant: its path is compared first.
    if (basePath !== "" && url.startsWith(basePath, start)) return this.#main.fetch(request, peer)
    if (url.startsWith(TENANTS_PATH, start)) return this.#routeToTenant(request, peer, start)
    switch (pathOf(url, start)) {
      case TOKEN_PATH:
        return this.#main.issueToken(request, peer)
      case HEALTH_PATH:
        return this.#health()
      case METRICS_PATH:
        return this.#metricsPage()
      default:
        return isBelow(pathOf(url, start), ADMIN_PATH)
          ? this.#administer(request, peer)
          : this.#main.fetch(request, peer)
    }
  }

  #routeToTenant(request: Request, peer: Peer | undefined, start: number): Reply {
    const { name, rest } = tenantIn(pathOf(request.url, start))
    const tenant = name === this.#main.name ? undefined : this.#options.tenants.find(name)
    if (tenant === undefined) return this.#missing("There is no such tenant.")
    if (rest === TOKEN_PATH) return tenant.issueToken(request, peer)
    if (isBelow(rest, this.#options.basePath)) return tenant.fetch(request, peer)
    return this.#missing("There is no such endpoint.")
  }

  /** What answers plain calls to that path, where it is a SCIM endpoint. */
  #plainly(path: string): App["answer"] | undefined {
    const { basePath, tenants } = this.#options
    if (basePath !== "" && isBelow(path, basePath)) return this.#main.plainly
    if (!path.startsWith(TENANTS_PATH)) return undefined
    const { name, rest } = tenantIn(path)
    const tenant = name === this.#main.name ? undefined : tenants.findOpen(name)
    return isBelow(rest, basePath) ? tenant?.plainly : undefined
  }

  #missing(detail: string): Response {
    return toResponse(answerError(notFound(detail), this.#options.onUnexpected))
  }

  #administer(request: Request, peer: Peer | undefined): Reply {
    this.#admin ??= createAdminApp(this.#options.admin)
    return this.#admin(request, peer)
  }

  #health(): Response {
    const status = this.#isDraining ? "draining" : "ok"
    const headers = { "content-type": "application/json", "cache-control": "no-store" }
    return new Response(JSON.stringify({ status }), { status: this.#isDraining ? 503 : 200, headers })
  }

  #metricsPage(): Response {
    const { measuring, tenants } = this.#options
    if (measuring === undefined) return this.#missing("Nothing is measured here.")
    const { metrics, stopwatch } = measuring
    const page = metrics.render({
      commits: tenants.commits(),
      liveTokens: tenants.liveTokens(),
      tenants: tenants.list().length,
      uptimeSeconds: (stopwatch() - this.#startedAt) / 1000,
    })
    return new Response(page, { headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" } })
  }

  #measured(measuring: Measuring, { method, url }: Request, response: Response, since: number): Response {
    this.#observe(measuring, method, pathOf(url, pathStart(url)), response.status, since)
    return response
  }

  #observe(measuring: Measuring, method: string, path: string, status: number, since: number): void {
    const { metrics, stopwatch, routeOf } = measuring
    metrics.observe(method, this.#routeName(path, routeOf), status, (stopwatch() - since) / 1000)
  }

  #routeName(path: string, routeOf: Measuring["routeOf"]): string {
    const { basePath } = this.#options
    if (isBelow(path, ADMIN_PATH)) return ADMIN_PATH
    if (path === HEALTH_PATH || path === METRICS_PATH) return path
    const own = path.startsWith(TENANTS_PATH) ? tenantIn(path).rest : path
    if (own === TOKEN_PATH) return TOKEN_PATH
    return isBelow(own, basePath) ? routeOf(own.slice(basePath.length)) : "other"
  }
}

/** Where the path begins in an absolute URL. */
function pathStart(url: string): number {
  return url.indexOf("/", url.indexOf("//") + 2)
}

function pathOf(url: string, start: number): string {
  const end = url.indexOf("?", start)
  return url.slice(start, end === -1 ? undefined : end)
}

/** The tenant that a path below /t/ names, and what stands behind it. */
function tenantIn(path: string): { readonly name: string; readonly rest: string } {
  const end = path.indexOf("/", TENANTS_PATH.length)
  if (end === -1) return { name: path.slice(TENANTS_PATH.length), rest: "" }
  return { name: path.slice(TENANTS_PATH.length, end), rest: path.slice(end) }
}

function isBelow(path: string, base: string): boolean {
  return path.startsWith(base) && (path.length === base.length || path[base.length] === "/")
}
