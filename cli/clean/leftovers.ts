/**
 * Finds and removes what a crashed run left behind. A resource is touched only if its name carries the run's id between
 * hyphens, as every name does that a run invents; what the endpoint's filter says is never believed without looking.
 */
import { z } from "zod"
import { SCIM_MEDIA_TYPE, type HttpResponse, type Transport } from "../../protocol/index.ts"
import { EnvironmentError } from "../errors.ts"

export interface LeftoverSearch {
  readonly transport: Transport
  readonly baseUrl: string
  /** Credentials and the like, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly runId: string
}

export interface Leftover {
  /** `/Users/abc` */
  readonly path: string
  readonly name: string
}

interface Place {
  readonly endpoint: "/Groups" | "/Users"
  readonly nameAttribute: "displayName" | "userName"
}

/** Groups first, so that none is left with members that are gone. */
const PLACES: readonly Place[] = [
  { endpoint: "/Groups", nameAttribute: "displayName" },
  { endpoint: "/Users", nameAttribute: "userName" },
]

const PAGE_SIZE = 100
/** A directory that has more is not walked through; its filter has to work. */
const PAGES_MAX = 100

const resourceSchema = z.looseObject({
  id: z.string().min(1),
  userName: z.string().optional(),
  displayName: z.string().optional(),
})
const listSchema = z.looseObject({ totalResults: z.number().optional(), Resources: z.array(z.unknown()).optional() })
type Resource = z.infer<typeof resourceSchema>

/** What a run with this id left, groups first. */
export async function findLeftovers(search: LeftoverSearch): Promise<readonly Leftover[]> {
  const found: Leftover[] = []
  for (const place of PLACES) {
    const filtered = await list(search, place, `${place.nameAttribute} co "-${search.runId}-"`)
    const leftovers = toLeftovers(filtered ?? [], place, search.runId)
    // Nothing found may only mean that the endpoint's filter knows no "co": then everything is looked through.
    found.push(
      ...(leftovers.length > 0 ? leftovers : toLeftovers((await list(search, place)) ?? [], place, search.runId)),
    )
  }
  return found
}

/** Removes one. Undefined when it is gone, else why it is not. */
export async function removeLeftover(
  { transport, baseUrl, headers }: LeftoverSearch,
  { path }: Leftover,
): Promise<string | undefined> {
  const { status } = await transport({ method: "DELETE", url: `${baseUrl}${path}`, headers, body: null })
  const gone = (status >= 200 && status < 300) || status === 404
  return gone ? undefined : `DELETE ${path} answered ${status}`
}

function toLeftovers(
  resources: readonly Resource[],
  { endpoint, nameAttribute }: Place,
  runId: string,
): readonly Leftover[] {
  return resources.flatMap((resource) => {
    const name = resource[nameAttribute] ?? ""
    return name.includes(`-${runId}-`) ? [{ path: `${endpoint}/${encodeURIComponent(resource.id)}`, name }] : []
  })
}

/**
 * All resources of an endpoint, or those a filter names; null where it refuses the filter or has no such endpoint.
 *
 * @throws EnvironmentError where the endpoint cannot be listed.
 */
async function list(search: LeftoverSearch, { endpoint }: Place, filter?: string): Promise<readonly Resource[] | null> {
  const resources: Resource[] = []
  for (let page = 0; page < PAGES_MAX; page++) {
    const query = new URLSearchParams({ startIndex: String(resources.length + 1), count: String(PAGE_SIZE) })
    if (filter !== undefined) query.set("filter", filter)
    const url = `${search.baseUrl}${endpoint}?${query.toString()}`
    const answer = await search.transport({
      method: "GET",
      url,
      headers: { accept: SCIM_MEDIA_TYPE, ...search.headers },
      body: null,
    })
    if (answer.status !== 200 && (filter !== undefined || answer.status === 404) && !isRefusal(answer)) return null
    const listed = parseList(answer, `GET ${endpoint}`)
    resources.push(...listed.resources)
    if (listed.resources.length === 0 || resources.length >= listed.total) return resources
  }
  throw new EnvironmentError(
    "ENV_TARGET",
    `${endpoint} holds more than ${PAGE_SIZE * PAGES_MAX} resources that its filter does not tell apart`,
    {
      hint: "remove the leftovers that the run's report lists by hand",
    },
  )
}

function isRefusal({ status }: HttpResponse): boolean {
  return status === 401 || status === 403
}

function parseList(answer: HttpResponse, asked: string): { resources: readonly Resource[]; total: number } {
  const parsed = answer.status === 200 ? listSchema.safeParse(parseJson(answer.body)) : undefined
  if (parsed?.success !== true) {
    const hint = isRefusal(answer) ? "check the credentials" : "check the URL: it should end where /Users is appended"
    throw new EnvironmentError("ENV_TARGET", `${asked} answered ${answer.status} and no list of resources`, { hint })
  }
  const resources = (parsed.data.Resources ?? []).flatMap((item) => {
    const resource = resourceSchema.safeParse(item)
    return resource.success ? [resource.data] : []
  })
  return { resources, total: parsed.data.totalResults ?? resources.length }
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "")
  } catch {
    return undefined
  }
}
