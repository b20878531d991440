/** Reads what an endpoint holds after the load, by the searches that the provisioning service itself uses. */
import {
  headerOf,
  type HttpResponse,
  type Scheduler,
  SCIM_MEDIA_TYPE,
  type Transport,
  TransportError,
} from "../../protocol/index.ts"
import { attributeValues } from "../plan/attribute-values.ts"
import type { ObjectName, TenantPlan } from "../plan/plan.ts"
import { isRecord } from "../plan/steps.ts"
import type { Found, FoundObject } from "./compare-end-state.ts"

export interface EndpointReader {
  readonly transport: Transport
  /** Without a slash at the end. */
  readonly baseUrl: string
  /** Credentials and the like, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** Waits out a Retry-After. */
  readonly clock: Scheduler
}

export interface ReadEndState {
  readonly found: Found
  /** Requests that were not answered as they should be, with what came instead; their objects are not judged. */
  readonly problems: readonly string[]
}

/** At a time; it is no load any more. */
const IN_FLIGHT = 8
/** An endpoint that has gone is not asked for each of ten thousand people. */
const PROBLEMS_MAX = 50
const REPEATS_MAX = 20
const RETRY_AFTER_MAX_S = 300

/** Looks up every object of the plan, and reads groups with their members. `signal` stops it early, and so do many problems. */
export async function readEndState(
  { objects, endState }: TenantPlan,
  reader: EndpointReader,
  signal?: AbortSignal,
): Promise<ReadEndState> {
  const found = new Map<ObjectName, FoundObject>()
  const problems: string[] = []
  const names = new Set([...endState.users, ...endState.groups, ...endState.gone].map(({ name }) => name))
  const wanted = Object.entries(objects).filter(([name]) => names.has(name as ObjectName)) as [ObjectName, string][]
  let next = 0
  const worker = async (): Promise<void> => {
    for (let one = wanted[next++]; one !== undefined; one = wanted[next++]) {
      if (signal?.aborted === true || problems.length >= PROBLEMS_MAX) return
      const [name, find] = one
      const object = await look(name, find, reader)
      if (typeof object === "string") problems.push(object)
      else found.set(name, object)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
  return { found, problems }
}

/** The object, or what stood in the way. */
async function look(name: ObjectName, find: string, reader: EndpointReader): Promise<FoundObject | string> {
  const list = await get(find, reader)
  if (typeof list === "string") return list
  const resources = (Array.isArray(list["Resources"]) ? list["Resources"] : []).filter(isRecord)
  const total = typeof list["totalResults"] === "number" ? list["totalResults"] : resources.length
  const [first] = resources
  const id = typeof first?.["id"] === "string" ? first["id"] : null
  if (first === undefined || id === null) return { total, id: null, attributes: {}, members: [] }
  if (name.startsWith("user.")) return { total, id, attributes: attributeValues(first), members: [] }
  const group = await get(`/Groups/${encodeURIComponent(id)}`, reader)
  return typeof group === "string"
    ? group
    : { total, id, attributes: attributeValues(group), members: membersOf(group) }
}

function membersOf(group: Readonly<Record<string, unknown>>): string[] {
  const members: readonly unknown[] = Array.isArray(group["members"]) ? group["members"] : []
  return members.flatMap((member) => {
    const value = isRecord(member) ? member["value"] : member
    return typeof value === "string" ? [value] : []
  })
}

async function get(path: string, reader: EndpointReader): Promise<Record<string, unknown> | string> {
  let response: HttpResponse
  try {
    response = await ask("GET", path, reader)
  } catch (error) {
    if (error instanceof TransportError) return `GET ${path}: ${error.message}`
    throw error
  }
  const body = parse(response.body)
  if (response.status === 200 && body !== null) return body
  return `GET ${path} answered ${response.status}${body === null ? " without JSON" : ""}`
}

/** One request, repeated after each 429. */
export async function ask(method: "GET" | "DELETE", path: string, reader: EndpointReader): Promise<HttpResponse> {
  const { transport, baseUrl, headers, clock } = reader
  for (let repeats = 0; ; repeats++) {
    const response = await transport({
      method,
      url: baseUrl + path,
      headers: { accept: SCIM_MEDIA_TYPE, ...headers },
      body: null,
    })
    if (response.status !== 429 || repeats === REPEATS_MAX) return response
    const seconds = Number(headerOf(response, "retry-after") ?? 1)
    await clock.sleep(Math.min(Number.isFinite(seconds) ? seconds : 1, RETRY_AFTER_MAX_S) * 1000)
  }
}

function parse(body: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body ?? "")
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}
