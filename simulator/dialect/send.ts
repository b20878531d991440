/**
 * Sends composed requests over a transport: adds the Tenant URL and the headers, waits out a Retry-After on the job's clock,
 * and turns a broken connection into data. A request is never repeated for any other reason: that is the escrow's business.
 */
import {
  headerOf,
  type HttpRequest,
  type HttpResponse,
  type Scheduler,
  SCIM_MEDIA_TYPE,
  toRfc3339,
  type Transport,
  TransportError,
} from "../../protocol/index.ts"
import type { RequestPlan } from "./compose.ts"
import type { DialectName } from "./dialect.ts"
import type { Reply } from "./errors.ts"
import { isLegacyAddress } from "./legacy.ts"
import type { WireOptions } from "./options.ts"

/** Where a job sends to, and as whom. */
export interface Connection {
  /** The Tenant URL without its query and without a slash at the end. */
  readonly baseUrl: string
  /** The bearer token (WIRE-020, -021). */
  readonly token: string
}

export interface SendOptions {
  readonly transport: Transport
  readonly clock: Scheduler
  readonly wire: WireOptions
  /** The running cycle's id, sent in ADSCIMVersion (WIRE-039). */
  readonly activityId: string
}

/** A Tenant URL that can't be used. */
export class TenantUrlError extends Error {
  override readonly name = "TenantUrlError"
}

/** The names of the flag that switches the compliant dialect on: today's, and that of 2020 (WIRE-004, documented). */
const FLAGS = ["aadOptscim062020", "AzureAdScimPatch062020"]

/**
 * The Tenant URL as an administrator enters it, taken apart: the address, which never carries the flag (WIRE-015), and the
 * dialect that the flag asks for. Throws {@link TenantUrlError} where it is no http(s) URL.
 */
export function parseTenantUrl(text: string): { baseUrl: string; dialect: DialectName } {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new TenantUrlError("The Tenant URL must be an http or https URL, such as https://example.com/scim/v2")
  }
  const flagged = FLAGS.some((flag) => url.searchParams.has(flag))
  return {
    baseUrl: url.origin + url.pathname.replace(/\/+$/, ""),
    dialect: flagged ? "entra-optscim" : "entra",
  }
}

/** Throws {@link TenantUrlError} where a job of that generation cannot work with the address (WIRE-008, documented). */
export function assertAddress(baseUrl: string, { generation }: WireOptions): void {
  if (generation === "scim" || isLegacyAddress(baseUrl)) return
  throw new TenantUrlError(
    "A customappsso job needs /scim at the root of the Tenant URL, as in https://example.com/scim",
  )
}

/** Sends one request and waits for its answer. Never rejects because of the target; a connection we refused to make rejects. */
export async function send(plan: RequestPlan, connection: Connection, options: SendOptions): Promise<Reply> {
  const { transport, clock, wire } = options
  for (let attempt = 0; ; attempt += 1) {
    const reply = await attemptOnce(transport, toRequest(plan, connection, options))
    const delayMs = reply.kind === "answered" ? retryDelay(reply.response, wire) : null
    if (delayMs === null || attempt >= wire.retryAfterAttempts) return reply
    await clock.sleep(delayMs)
  }
}

/** Sends a request as it is, once. Rejects only where we refused to connect. */
export async function attemptOnce(transport: Transport, request: HttpRequest): Promise<Reply> {
  try {
    return { kind: "answered", response: await transport(request) }
  } catch (error) {
    if (error instanceof TransportError && error.failure !== "forbidden") return { kind: "unanswered", error }
    throw error
  }
}

/** WIRE-035, -036: a media type only where there is a body; no Accept, no User-Agent (WIRE-038), no If-Match (WIRE-040). */
function toRequest(plan: RequestPlan, connection: Connection, { clock, wire, activityId }: SendOptions): HttpRequest {
  const headers: Record<string, string> = { authorization: `Bearer ${connection.token}` }
  if (wire.adscimVersion === "5.0") headers["adscimversion"] = "5.0"
  if (wire.adscimVersion === "activity") {
    headers["adscimversion"] = `Date:${toRfc3339(clock.now())}, ActivityId:${activityId}`
  }
  if (plan.body !== null) headers["content-type"] = `${SCIM_MEDIA_TYPE}; charset=utf-8`
  return { method: plan.method, url: connection.baseUrl + plan.path, headers, body: plan.body }
}

/**
 * How long the target asks to wait, in milliseconds and within the cap; null where the request is not to be repeated
 * (ENG-RETRY-11, disputed). Only the form in seconds is honoured, which is what Microsoft asks endpoints to send (WIRE-219).
 */
function retryDelay(response: HttpResponse, wire: WireOptions): number | null {
  if (wire.retryAfter === "ignored" || response.status !== 429) return null
  const seconds = headerOf(response, "retry-after")?.trim() ?? ""
  if (!/^\d+$/.test(seconds)) return null
  const delayMs = Number(seconds) * 1000
  return delayMs > wire.retryAfterCapMs ? null : delayMs
}
