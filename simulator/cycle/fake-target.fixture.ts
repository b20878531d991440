/**
 * A SCIM endpoint for tests: as small as can be, and written apart from everything it helps to test. It records each request
 * and applies PATCHes of both dialects well enough for the engine's next read to see them.
 */
import {
  type Clock,
  type HttpRequest,
  type HttpResponse,
  type Transport,
  TransportError,
} from "../../protocol/index.ts"

type Resource = Record<string, unknown> & { id: string }

const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"

/** Answers instead of the target, where it returns something. */
export type Intercept = (request: HttpRequest) => HttpResponse | undefined

export interface FakeTarget {
  readonly transport: Transport
  /** `GET /Users?filter=…`, `PATCH /Users/u1 {"schemas":…}`: what came in since the last call, without the probes. */
  take(): string[]
  readonly requests: HttpRequest[]
  /** When each request came in. */
  readonly times: { readonly method: string; readonly atMs: number }[]
  readonly resources: Map<string, Resource>
  intercept: Intercept | undefined
}

/** The next request that fits breaks off: after it was applied, or before. */
export function breakNext(target: FakeTarget, method: string, path: RegExp, isApplied: boolean): void {
  const { transport } = target
  target.intercept = (request) => {
    if (request.method !== method || !path.test(new URL(request.url).pathname)) return undefined
    target.intercept = undefined
    if (isApplied) void transport(request)
    throw new TransportError("reset", "The connection broke before the answer came.")
  }
}

/** Ids are `u1`, `u2` … for users and `g1` … for groups. */
export function fakeTarget(clock: Clock): FakeTarget {
  const resources = new Map<string, Resource>()
  const requests: HttpRequest[] = []
  let taken = 0
  const counts = { Users: 0, Groups: 0 }
  const target: FakeTarget = {
    resources,
    requests,
    times: [],
    intercept: undefined,
    transport: async (request) => {
      requests.push(request)
      target.times.push({ method: request.method, atMs: clock.now() })
      return target.intercept?.(request) ?? answer(request)
    },
    take() {
      const since = requests.slice(taken)
      taken = requests.length
      return since.filter((request) => !isProbe(request)).map(toLine)
    },
  }
  return target

  function answer(request: HttpRequest): HttpResponse {
    const url = new URL(request.url)
    const [, collection, id] = /\/(Users|Groups)(?:\/([^/]+))?$/.exec(url.pathname) ?? []
    if (collection !== "Users" && collection !== "Groups") return respond(404, problem(404))
    const body: Record<string, unknown> = request.body === null ? {} : JSON.parse(request.body)
    if (id === undefined && request.method === "GET")
      return respond(200, search(collection, url.searchParams.get("filter") ?? ""))
    if (id === undefined) return create(collection, body)
    const found = resources.get(decodeURIComponent(id))
    if (found === undefined) return respond(404, problem(404))
    if (request.method === "DELETE") {
      resources.delete(found.id)
      return respond(204, null)
    }
    if (request.method === "PATCH") {
      for (const operation of body["Operations"] as Operation[]) apply(found, operation)
      return respond(204, null)
    }
    return respond(200, withoutMembers(found))
  }

  function search(collection: string, filter: string): unknown {
    const [, path = "", value = ""] = /^(.+) eq "(.*)"$/.exec(filter) ?? []
    const prefix = collection === "Users" ? "u" : "g"
    const hits = [...resources.values()].filter(
      (resource) => resource.id.startsWith(prefix) && String(resource[path]).toLowerCase() === value.toLowerCase(),
    )
    return { schemas: [LIST], totalResults: hits.length, Resources: hits.map(withoutMembers) }
  }

  function create(collection: "Users" | "Groups", body: Record<string, unknown>): HttpResponse {
    const unique = collection === "Users" ? "userName" : "displayName"
    const prefix = collection === "Users" ? "u" : "g"
    const isTaken = [...resources.values()].some((one) => one.id.startsWith(prefix) && one[unique] === body[unique])
    if (isTaken) return respond(409, problem(409))
    counts[collection] += 1
    const id = `${prefix}${counts[collection]}`
    const resource = { ...body, id }
    resources.set(id, resource)
    return respond(201, resource)
  }
}

/** Every read of the engine excludes members. */
function withoutMembers({ members: _members, ...rest }: Resource): object {
  return rest
}

interface Operation {
  readonly op: string
  readonly path?: string
  readonly value?: unknown
}

function apply(resource: Resource, { op, path, value }: Operation): void {
  if (path === "members") {
    const ids = (value as { value: string }[]).map((member) => member.value)
    const kept = (resource["members"] as string[] | undefined)?.filter((id) => !ids.includes(id)) ?? []
    resource["members"] = op.toLowerCase() === "remove" ? kept : [...kept, ...ids]
  } else if (path?.startsWith("members[") === true) {
    const id = /"(.*)"/.exec(path)?.[1]
    resource["members"] = (resource["members"] as string[] | undefined)?.filter((member) => member !== id)
  } else if (path === undefined) {
    for (const [key, inner] of Object.entries(value as object)) assign(resource, key, inner)
  } else {
    assign(resource, path, value)
  }
}

function assign(resource: Record<string, unknown>, path: string, given: unknown): void {
  const value = given === "True" ? true : given === "False" ? false : given
  const [, schema, attribute] = /^(urn:.+):([^:]+)$/.exec(path) ?? []
  if (schema !== undefined && attribute !== undefined) {
    const extension = (resource[schema] ??= {}) as Record<string, unknown>
    extension[attribute] = attribute === "manager" ? { value } : value
    return
  }
  const bracket = /^(\w+)\[type eq "(\w+)"\]\.(\w+)$/.exec(path)
  if (bracket !== null) {
    const [, name = "", type = "", sub = ""] = bracket
    const elements = (resource[name] ??= []) as Record<string, unknown>[]
    const element = elements.find((one) => one["type"] === type)
    if (element === undefined) elements.push({ type, [sub]: value })
    else element[sub] = value
    return
  }
  const [name = "", sub] = path.split(".")
  if (sub === undefined) resource[name] = value
  else ((resource[name] ??= {}) as Record<string, unknown>)[sub] = value
}

const GUID = /%22[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}%22$/

export function isProbe(request: HttpRequest): boolean {
  return request.method === "GET" && GUID.test(request.url)
}

function toLine({ method, url, body }: HttpRequest): string {
  const path = url.replace("https://scim.test/v2", "")
  return body === null ? `${method} ${path}` : `${method} ${path} ${body}`
}

export function respond(status: number, body: unknown, headers: Record<string, readonly string[]> = {}): HttpResponse {
  return {
    status,
    headers: { "content-type": ["application/scim+json"], ...headers },
    body: body === null ? null : JSON.stringify(body),
  }
}

export function problem(status: number): unknown {
  return { schemas: [ERROR], status: String(status), detail: "no" }
}

/** The credentials are refused, whatever is asked. */
export function unauthorized(): HttpResponse {
  return respond(401, problem(401))
}
