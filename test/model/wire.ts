/**
 * Watches the wire on both sides of the faults: what reached the target and whether it changed anything there, and what the job heard
 * of it. Keeps what every account and group of the target has been.
 */
import {
  type HttpRequest,
  type HttpResponse,
  PATCH_OP_URN,
  SCIM_MEDIA_TYPE,
  type Transport,
} from "../../protocol/index.ts"
import { parseJson } from "../../scenarios/answer.ts"
import type { Json, JsonObject } from "../../scenarios/checks/context.ts"
import { toQuestion } from "../../scenarios/oracles/question.ts"
import { isArray, isObject, readPath, sameValue } from "../../scenarios/path-value.ts"
import { textAt } from "./text-at.ts"

export type Endpoint = "Users" | "Groups"

/** A write that reached the target. */
export interface Write {
  /** Its place among all writes. */
  readonly order: number
  /** How many entries the timeline had. */
  readonly at: number
  /** Index of the moment. */
  readonly moment: number
  readonly request: HttpRequest
  readonly endpoint: Endpoint
  /** Of the resource; "" for a create that was refused. */
  readonly id: string
  readonly status: number
  readonly hasChanged: boolean
  /** Members that it asks to add or to take out; null where it is about something else. */
  readonly members: MemberMove | null
}

/** A write that the job sent, whether it reached the target or not. */
export interface Attempt {
  /** How many writes had reached the target. */
  readonly order: number
  readonly at: number
  readonly request: HttpRequest
  readonly members: MemberMove | null
  /** Whether the job heard that it was done, and lived on; settled once the exchange is over. */
  wasHeard: boolean
}

export interface MemberMove {
  readonly action: "add" | "remove"
  readonly ids: readonly string[]
}

/** What a resource was from a write on. */
export interface Image {
  /** The place of that write; -1 for what was there before the first. */
  readonly order: number
  /** How many entries the timeline had. */
  readonly at: number
  readonly body: JsonObject
}

/** A resource of the target through time. */
export interface Kept {
  readonly id: string
  readonly endpoint: Endpoint
  /** What it was, the oldest first. */
  readonly images: Image[]
  /** When a search or a create told the job of it: how many entries the timeline had. */
  readonly heardAt: number[]
  isDeleted: boolean
}

/** What an administrator of the target did there by hand. */
export interface HandEdit {
  /** Its place among all writes: between two of them. */
  readonly order: number
  /** How many entries the timeline had. */
  readonly at: number
  /** Index of the moment. */
  readonly moment: number
  readonly id: string
  /** What was changed: the path of a value, `members ` and the member's id, or null where all of it was deleted. */
  readonly path: string | null
}

export interface Now {
  readonly entries: number
  readonly moment: number
}

/** So many objects are worked on at a time at most: each of eight has a request under way (RES-04), two have theirs ready. */
export const AT_WORK_MAX = 10

/** What is done by hand comes after one write and before the next. */
const BETWEEN_WRITES = 0.5

export class Wire {
  readonly writes: Write[] = []
  readonly attempts: Attempt[] = []
  readonly edits: HandEdit[] = []
  readonly resources = new Map<string, Kept>()
  requestCount = 0
  /** Requests that were not answered with success. */
  failureCount = 0
  #order = -1
  readonly #baseUrl: string
  /** What the watcher's own requests carry. */
  readonly #headers: Readonly<Record<string, string>>
  readonly #target: Transport
  readonly #now: () => Now

  constructor(
    { baseUrl, token }: { readonly baseUrl: string; readonly token: string },
    target: Transport,
    now: () => Now,
  ) {
    this.#baseUrl = baseUrl
    this.#headers = { authorization: `Bearer ${token}` }
    this.#target = target
    this.#now = now
  }

  /** The side of the target: behind the faults. */
  readonly atTarget: Transport = async (request) => {
    if (request.method === "GET") return this.#target(request)
    const question = toQuestion(this.#baseUrl, request)
    if (question.kind !== "create" && question.kind !== "patch" && question.kind !== "delete") {
      throw new Error(`The job sends what no cycle sends: ${request.method} ${request.url}`)
    }
    const { endpoint } = question
    const asked = question.kind === "create" ? null : question.id
    const before = asked === null ? null : this.#lastImage(endpoint, asked)
    const response = await this.#target(request)
    const id = asked ?? idIn(response)
    const after = id === "" ? null : await this.#read(endpoint, id)
    const hasChanged = !sameValue(before ?? undefined, after ?? undefined)
    this.#order += 1
    const { entries: at, moment } = this.#now()
    const write: Write = {
      order: this.#order,
      at,
      moment,
      request,
      endpoint,
      id,
      status: response.status,
      hasChanged,
      members: membersIn(request),
    }
    this.writes.push(write)
    this.#keep(endpoint, id, after)
    if (question.kind === "delete" && hasChanged && endpoint === "Users") await this.#refreshGroups()
    return response
  }

  /** The job is about to send a request: in front of the faults. */
  sent(request: HttpRequest): void {
    this.requestCount += 1
    if (request.method === "GET") return
    const { entries: at } = this.#now()
    this.attempts.push({ order: this.writes.length, at, request, members: membersIn(request), wasHeard: false })
  }

  /** The job hears an answer, or that there is none. */
  heard(request: HttpRequest, response: HttpResponse | null): void {
    const body = response === null || response.body === null || response.body === "" ? null : parseJson(response.body)
    if (response === null || response.status >= 300 || body === undefined) {
      this.failureCount += 1
      return
    }
    const attempt = this.attempts.findLast((one) => one.request === request)
    if (attempt !== undefined) attempt.wasHeard = true
    if (body === null) return
    const listed = readPath(body, "Resources")
    const isSearch = request.method === "GET" && isArray(listed)
    for (const resource of isSearch ? listed : request.method === "POST" ? [body] : []) {
      const kept = this.resources.get(textAt(resource, "id") ?? "")
      kept?.heardAt.push(this.#now().entries)
    }
  }

  /** The job's process has died, perhaps before it had stored what the last answers meant. */
  died(): void {
    for (const attempt of this.attempts.slice(-AT_WORK_MAX)) attempt.wasHeard = false
  }

  /** What the target does by itself, such as taking the deleted out of groups, is nobody's write. */
  async #refreshGroups(order = this.#order): Promise<void> {
    for (const { id, endpoint, isDeleted } of this.resources.values()) {
      if (endpoint === "Groups" && !isDeleted) this.#keep(endpoint, id, await this.#read(endpoint, id), order)
    }
  }

  /** Creates what is there before the job comes. */
  async place(endpoint: Endpoint, body: JsonObject): Promise<void> {
    const headers = { ...this.#headers, "content-type": SCIM_MEDIA_TYPE }
    const url = `${this.#baseUrl}/${endpoint}`
    const response = await this.#target({ method: "POST", url, headers, body: JSON.stringify(body) })
    const id = idIn(response)
    this.#keep(endpoint, id, await this.#read(endpoint, id))
  }

  /** Changes a resource by hand: by a PATCH, or where there are no operations by deleting it. */
  async edit(
    { id, endpoint }: Kept,
    { path, operations }: { readonly path: string | null; readonly operations: readonly Json[] | null },
  ): Promise<void> {
    const url = `${this.#baseUrl}/${endpoint}/${encodeURIComponent(id)}`
    const headers = { ...this.#headers, "content-type": SCIM_MEDIA_TYPE }
    const body = operations === null ? null : JSON.stringify({ schemas: [PATCH_OP_URN], Operations: operations })
    const response = await this.#target({ method: body === null ? "DELETE" : "PATCH", url, headers, body })
    if (response.status >= 300) return
    const { entries: at, moment } = this.#now()
    const order = this.#order + BETWEEN_WRITES
    this.edits.push({ order, at, moment, id, path })
    this.#keep(endpoint, id, await this.#read(endpoint, id), order)
    if (operations === null && endpoint === "Users") await this.#refreshGroups(order)
  }

  #lastImage(endpoint: Endpoint, id: string): JsonObject | null {
    const kept = this.resources.get(id)
    if (kept?.endpoint !== endpoint || kept.isDeleted) return null
    return kept.images.at(-1)?.body ?? null
  }

  #keep(endpoint: Endpoint, id: string, body: JsonObject | null, order = this.#order): void {
    const known = this.resources.get(id)
    if (known !== undefined) known.isDeleted = body === null
    if (body === null) return
    const image = { order, at: this.#now().entries, body }
    if (known === undefined) {
      this.resources.set(id, { id, endpoint, images: [image], heardAt: [], isDeleted: false })
    } else known.images.push(image)
  }

  async #read(endpoint: Endpoint, id: string): Promise<JsonObject | null> {
    const response = await this.#target({
      method: "GET",
      url: `${this.#baseUrl}/${endpoint}/${encodeURIComponent(id)}`,
      headers: this.#headers,
      body: null,
    })
    const body = parseJson(response.body ?? "")
    return response.status === 200 && isObject(body) ? written(body) : null
  }

  /** Everything in a collection, as the target lists it. */
  async list(endpoint: Endpoint): Promise<readonly JsonObject[]> {
    const url = `${this.#baseUrl}/${endpoint}?count=1000`
    const response = await this.#target({ method: "GET", url, headers: this.#headers, body: null })
    const listed = readPath(parseJson(response.body ?? ""), "Resources")
    return isArray(listed) ? listed.filter((one) => isObject(one)) : []
  }
}

function idIn({ status, body }: HttpResponse): string {
  return (status === 201 && textAt(parseJson(body ?? ""), "id")) || ""
}

/** What a write can change: not when that was, nor what the target derives from other resources. */
function written(body: JsonObject): JsonObject {
  const { members } = body
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => name !== "meta" && name !== "groups"))
  return isArray(members) ? { ...rest, members: members.map((member) => readPath(member, "value") ?? null) } : rest
}

/** Reads the members off a PATCH in either dialect. */
function membersIn({ body }: HttpRequest): MemberMove | null {
  const operations = readPath(parseJson(body ?? ""), "Operations")
  const moves = isArray(operations) ? operations.flatMap(toMove) : []
  const [first] = moves
  return first === undefined ? null : { action: first.action, ids: moves.flatMap(({ ids }) => ids) }
}

function toMove(operation: Json): MemberMove[] {
  const path = textAt(operation, "path") ?? ""
  const named = /^members\[value eq "(?<id>[^"]*)"\]$/i.exec(path)?.groups?.["id"]
  if (named !== undefined) return [{ action: "remove", ids: [named] }]
  const value = readPath(operation, "value")
  if (path.toLowerCase() !== "members" || !isArray(value)) return []
  const isRemoval = textAt(operation, "op")?.toLowerCase() === "remove"
  return [{ action: isRemoval ? "remove" : "add", ids: value.flatMap((member) => textAt(member, "value") ?? []) }]
}
