/**
 * The raw client of checks: sends what it is told and hands back what came. It knows no SCIM but the names of two endpoints,
 * so that no cleverness of ours stands between a case and the endpoint.
 */
import {
  PATCH_OP_URN,
  SCIM_MEDIA_TYPE,
  TransportError,
  type HttpRequest,
  type HttpResponse,
} from "../protocol/index.ts"
import { toAnswer } from "./answer.ts"
import type {
  Answer,
  CreatedResource,
  JsonObject,
  People,
  QueryEncoding,
  RequestOptions,
  ScimClient,
} from "./checks/context.ts"
import { createdPath } from "./created-path.ts"
import { describeAnswer, describeUrl } from "./describe.ts"
import { CaseSkipped, NoAnswer } from "./endings.ts"
import type { Sent } from "./recording.ts"

export interface ScimClientOptions {
  /** Without a slash at the end. */
  readonly baseUrl: string
  /** Sent with every request unless the case says otherwise: the credentials. Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** How query values are encoded where the case does not say. */
  readonly encoding: QueryEncoding
  readonly send: (request: HttpRequest) => Promise<Sent>
  readonly people: People
}

/**
 * A client that throws {@link NoAnswer} where no complete answer comes, and {@link CaseSkipped} where what a case needs to
 * begin with cannot be made.
 */
export function createScimClient({ baseUrl, headers, encoding, send, people }: ScimClientOptions): ScimClient {
  async function request(method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer> {
    const url = `${baseUrl}${path}${toQuery({ encoding, ...options }, path.includes("?"))}`
    const sent: HttpRequest = {
      method,
      url,
      headers: mergeHeaders(
        { accept: SCIM_MEDIA_TYPE, ...headers, ...(body === undefined ? {} : { "content-type": SCIM_MEDIA_TYPE }) },
        options.headers,
      ),
      body: toBody(body),
    }
    const { exchange, outcome } = await send(sent)
    if (outcome instanceof TransportError) throw new NoAnswer(outcome, exchange, `${method} ${describeUrl(url)}`)
    return toAnswer(sent, outcome, exchange)
  }

  async function given(endpoint: "/Users" | "/Groups", body: JsonObject): Promise<CreatedResource> {
    const answer = await request("POST", endpoint, body)
    const created = { location: answer.header("location"), resource: answer.json }
    const path = isSuccess(answer) ? createdPath(baseUrl, endpoint, created) : null
    if (path !== null) return { id: decodeURIComponent(path.slice(endpoint.length + 1)), sent: body, answer }
    const kind = endpoint === "/Users" ? "user" : "group"
    throw new CaseSkipped(
      `the ${kind} it needs could not be created: POST ${endpoint} answered ${describeAnswer(answer)}`,
    )
  }

  return {
    request,
    get: (path, options) => request("GET", path, undefined, options),
    post: (path, body, options) => request("POST", path, body, options),
    put: (path, body, options) => request("PUT", path, body, options),
    patch: (path, body, options) => request("PATCH", path, body, options),
    delete: (path, options) => request("DELETE", path, undefined, options),
    find: (endpoint, filter, options = {}) =>
      request("GET", endpoint, undefined, { ...options, query: { ...options.query, filter } }),
    patchOps: (path, operations, options) =>
      request("PATCH", path, { schemas: [PATCH_OP_URN], Operations: operations }, options),
    givenUser: (attributes) => given("/Users", people.minimalUser(attributes)),
    givenGroup: (attributes) => given("/Groups", people.minimalGroup(attributes)),
  }
}

export function isSuccess({ status }: Pick<HttpResponse, "status">): boolean {
  return status >= 200 && status < 300
}

function toBody(body: unknown): string | null {
  if (body === undefined) return null
  return typeof body === "string" ? body : JSON.stringify(body)
}

function toQuery({ query = {}, encoding }: RequestOptions, appended: boolean): string {
  const encode = encoding === "plus" ? encodeAsEntra : encodeURIComponent
  const pairs = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encode(value)}`)
  return pairs.length === 0 ? "" : `${appended ? "&" : "?"}${pairs.join("&")}`
}

/** Spaces as `+`, everything reserved as lower-case hex (WIRE-047, observed). */
export function encodeAsEntra(value: string): string {
  return encodeURIComponent(value)
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
    .replaceAll("%20", "+")
    .replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())
}

function mergeHeaders(
  defaults: Readonly<Record<string, string>>,
  changes: RequestOptions["headers"] = {},
): Record<string, string> {
  const merged: Record<string, string> = { ...defaults }
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete merged[name.toLowerCase()]
    else merged[name.toLowerCase()] = value
  }
  return merged
}
