/**
 * Keeps book of what a case created and removes it when the case ends, newest first. The book is kept from the wire, so it
 * covers the requests of a case and of its provisioning job alike, and answers that were lost on the way. Nothing is ever
 * removed by name alone: a resource is touched only if this case created it.
 */
import { TransportError, type HttpRequest, type HttpResponse } from "../protocol/index.ts"
import { parseJson } from "./answer.ts"
import type { Json } from "./checks/context.ts"
import { createdPath, pathUnder, resourcePath } from "./created-path.ts"
import { describeResource } from "./describe.ts"
import { isArray, isObject, memberOf, readPath } from "./path-value.ts"
import type { Happening, Sent } from "./recording.ts"
import { isSuccess } from "./scim-client.ts"

/** What a POST may have left behind. */
interface Creation {
  /** "/Users/abc"; null where the answer did not say, or none came. */
  path: string | null
  /** "/Users": where to look for it. */
  readonly endpoint: string
  readonly body: Json | undefined
  removed: boolean
}

export interface CleanUp {
  /** Reads creations and removals off the wire. */
  readonly observe: (happening: Happening) => void
  /** Removes what is left, newest first; gives what could not be removed, as lines for the report. */
  run(send: Send): Promise<string[]>
}

/**
 * The book of one case. `baseUrl` bounds what may be touched; only names that carry `runId` are ever looked for. What stands in
 * `adopted` (paths) was there before: it is left alone, even where an endpoint answers a create with it.
 */
export function createCleanUp(baseUrl: string, runId: string, adopted: ReadonlySet<string> = new Set()): CleanUp {
  const creations: Creation[] = []

  function observe({ request, outcome }: Happening): void {
    const path = pathUnder(baseUrl, request.url)
    if (path === undefined) return
    if (request.method === "POST" || request.method === "PUT") noteCreation(path, request, outcome)
    else noteExistence(path, request, outcome)
  }

  function noteCreation(path: string, request: HttpRequest, outcome: HttpResponse | TransportError): void {
    // A request without its answer, or one that ended in the server's own error, may have been carried out all the same.
    const unknown = outcome instanceof TransportError || outcome.status >= 500
    const created = !unknown && (request.method === "POST" ? isSuccess(outcome) : outcome.status === 201)
    const isResource = request.method === "PUT" || /^\/(?!\.|Bulk$)[^/]+$/.test(path)
    if (!isResource || (!created && !(unknown && request.method === "POST"))) return
    const createdAt = created ? createdBy(baseUrl, path, outcome) : null
    if (createdAt !== null && adopted.has(createdAt)) return
    creations.push({
      path: createdAt,
      endpoint: `/${path.split("/")[1]}`,
      body: parseJson(request.body ?? ""),
      removed: false,
    })
  }

  /** A DELETE that succeeded removes; a GET that still finds it afterwards takes that back. */
  function noteExistence(path: string, request: HttpRequest, outcome: HttpResponse | TransportError): void {
    if (outcome instanceof TransportError) return
    const creation = creations.find((candidate) => candidate.path === path)
    if (creation === undefined) return
    if (request.method === "DELETE") creation.removed = isSuccess(outcome) || outcome.status === 404
    else if (request.method === "GET" && outcome.status === 200) creation.removed = false
  }

  async function run(send: Send): Promise<string[]> {
    const leftovers: string[] = []
    const known = new Set(creations.map(({ path }) => path))
    let silence: string | undefined
    for (const creation of creations.toReversed()) {
      if (creation.removed) continue
      // Where nobody answers any more, asking again for each resource would only keep the user waiting.
      const reason = silence ?? (await remove(creation, { runId, known, send }))
      if (reason instanceof TransportError) silence = reason.message
      if (reason !== undefined) leftovers.push(leftover(creation, reason))
    }
    return leftovers
  }

  return { observe, run }
}

type Send = (method: string, path: string) => Promise<Sent>

interface Removal {
  readonly runId: string
  /** Paths that other entries of the book account for. */
  readonly known: ReadonlySet<string | null>
  readonly send: Send
}

/** Removes one resource, or what its unanswered create made. Gives why it could not be removed, if so. */
async function remove(
  creation: Creation,
  { runId, known, send }: Removal,
): Promise<string | TransportError | undefined> {
  const found = creation.path === null ? await lookUp(creation, runId, send) : [creation.path]
  if (typeof found === "string") return found
  for (const path of found) {
    if (creation.path === null && known.has(path)) continue
    const { outcome } = await send("DELETE", path)
    if (outcome instanceof TransportError) return outcome
    if (!isSuccess(outcome) && outcome.status !== 404) return `DELETE answered ${outcome.status}`
  }
  return undefined
}

function leftover({ path, endpoint, body }: Creation, reason: string | TransportError): string {
  const described = describeResource(body)
  const why = typeof reason === "string" ? reason : reason.message
  return `${path ?? endpoint}${described === "" ? "" : ` (${described})`}: ${why}`
}

/**
 * Looks for a resource whose create was never answered, by the unique name that it was to have, and believes only a name
 * that is exactly so: an endpoint that ignores filters must not cost anybody their account. Gives the paths, or why it cannot be told.
 */
async function lookUp({ endpoint, body }: Creation, runId: string, send: Send): Promise<string[] | string> {
  const attribute = endpoint === "/Users" ? "userName" : "displayName"
  const name = isObject(body) ? memberOf(body, attribute) : undefined
  if (typeof name !== "string") return []
  if (!name.includes(runId))
    return "its create got no usable answer, and its name could be somebody else's: it may exist"
  const filter = encodeURIComponent(`${attribute} eq ${JSON.stringify(name)}`)
  const { outcome } = await send("GET", `${endpoint}?filter=${filter}`)
  const untold = "its create got no answer, nor did the search for it: it may exist"
  if (outcome instanceof TransportError || outcome.status !== 200) return untold
  const resources = readPath(parseJson(outcome.body ?? ""), "Resources") ?? []
  if (!isArray(resources)) return untold
  return resources
    .filter((resource) => isObject(resource))
    .filter((resource) => memberOf(resource, attribute) === name)
    .flatMap((resource) => resourcePath(endpoint, resource) ?? [])
}

/** A PUT names the resource itself. */
function createdBy(baseUrl: string, path: string, { headers, body }: HttpResponse): string | null {
  if (path.split("/").length > 2) return path
  return createdPath(baseUrl, path, { location: headers["location"]?.[0], resource: parseJson(body ?? "") })
}
