/**
 * `--adopt-existing`: which of the given people and groups the endpoint has already. Asked before anything is written, by the
 * attributes that the job will match by, so that the user hears whose accounts will change.
 */
import {
  EnvironmentError,
  SCIM_MEDIA_TYPE,
  TransportError,
  UsageError,
  type HttpRequest,
  type HttpResponse,
} from "../protocol/index.ts"
import {
  defaultMappings,
  type DirectoryContents,
  type ObjectMapping,
  type ProvisioningMappings,
} from "../simulator/index.ts"
import { parseJson } from "./answer.ts"
import type { JsonObject } from "./checks/context.ts"
import { toExpectations, type Expectations } from "./oracles/expected-attributes.ts"
import type { SnapshotUser } from "./oracles/snapshot.ts"
import { isArray, isObject, memberOf, readPath } from "./path-value.ts"
import type { Sent } from "./recording.ts"
import { encodeAsEntra } from "./scim-client.ts"

/** An account or group that was there before the run, and that the run will write to. */
export interface Adopted {
  readonly kind: "user" | "group"
  /** Below the base URL: `/Users/abc`. */
  readonly path: string
  /** As the endpoint has it. */
  readonly name: string
}

export interface AdoptionSearch {
  readonly contents: DirectoryContents
  readonly mappings?: ProvisioningMappings
  readonly baseUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly send: (request: HttpRequest) => Promise<Sent>
}

/**
 * Finds everything that a job over this directory will match, in the order of the file.
 * @throws UsageError where the mapping matches by an expression that cannot be told from outside, EnvironmentError where a search
 *   is not answered.
 */
export async function findAdopted(search: AdoptionSearch): Promise<Adopted[]> {
  const { contents, mappings = defaultMappings() } = search
  const users = contents.users
    .filter(({ attributes }) => attributes.accountEnabled !== false)
    .map(({ id, attributes }) =>
      toNamed(id, { mailNickname: attributes.userPrincipalName.split("@", 1)[0], ...attributes }),
    )
  const groups = contents.groups
    .filter(({ attributes }) => mappings.group.enabled && attributes.securityEnabled !== false)
    .map(({ id, attributes }) => toNamed(id, attributes))
  const found = [
    ...(await findAll(users, { ...search, kind: "user", endpoint: "/Users", keys: matchingKeys(mappings.user) })),
    ...(await findAll(groups, { ...search, kind: "group", endpoint: "/Groups", keys: matchingKeys(mappings.group) })),
  ]
  return [...new Map(found.map((one) => [one.path, one])).values()]
}

/** The form in which the naive reader of mappings takes an object. */
function toNamed(id: string | null, given: object): SnapshotUser {
  const texts = Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === "string")
  const attributes = { ...Object.fromEntries(texts), ...(id !== null && { objectId: id }) }
  return { id: id ?? "", attributes, enabled: true, deleted: false, managerId: null }
}

/** What an object is looked for by, first things first. */
function matchingKeys({ name, attributes }: ObjectMapping): Expectations["texts"] {
  const rows = attributes
    .filter(({ matchingPriority }) => matchingPriority > 0)
    .toSorted((a, b) => a.matchingPriority - b.matchingPriority)
  const { texts } = toExpectations(rows)
  if (texts.length === rows.length) return texts
  const computed = rows.map(({ target }) => target).filter((target) => !texts.some(({ path }) => path === target))
  throw new UsageError(
    "USAGE_ADOPTION",
    `--adopt-existing can't tell whom it would touch: "${name}" matches by ${computed.join(", ")}, which an expression computes.`,
    { hint: "Leave out --adopt-existing: names carry the run's id then, and nobody's account is touched." },
  )
}

interface Search extends AdoptionSearch {
  readonly kind: Adopted["kind"]
  readonly endpoint: "/Users" | "/Groups"
  readonly keys: Expectations["texts"]
}

async function findAll(objects: readonly SnapshotUser[], search: Search): Promise<Adopted[]> {
  const found: Adopted[] = []
  for (const object of objects) found.push(...(await findOne(object, search)))
  return found
}

/** Entra takes the only resource that a search finds, asks on where it finds none, and writes to none where it finds several (WIRE-074). */
async function findOne(object: SnapshotUser, search: Search): Promise<Adopted[]> {
  for (const { path, of } of search.keys) {
    const value = of(object)
    const [resource, ...others] = value === undefined || value === "" ? [] : await find(path, value, search)
    if (resource === undefined) continue
    return others.length > 0 ? [] : toAdopted(resource, search)
  }
  return []
}

function toAdopted(resource: JsonObject, { kind, endpoint }: Search): Adopted[] {
  const { id } = resource
  if (typeof id !== "string") return []
  const name = memberOf(resource, kind === "user" ? "userName" : "displayName")
  return [{ kind, path: `${endpoint}/${encodeURIComponent(id)}`, name: typeof name === "string" ? name : id }]
}

async function find(path: string, value: string, { baseUrl, endpoint, headers, send }: Search): Promise<JsonObject[]> {
  const filter = `${path} eq ${JSON.stringify(value)}`
  const url = `${baseUrl}${endpoint}?filter=${encodeAsEntra(filter)}`
  const { outcome } = await send({ method: "GET", url, headers: { accept: SCIM_MEDIA_TYPE, ...headers }, body: null })
  const resources = outcome instanceof TransportError ? undefined : resourcesOf(outcome)
  if (resources !== undefined) return resources
  const answered =
    outcome instanceof TransportError ? `got no answer: ${outcome.message}` : `answered ${outcome.status} and no list`
  throw new EnvironmentError("ENV_ADOPTION", `GET ${endpoint}?filter=${filter} ${answered}`, {
    hint: "--adopt-existing has to know first whom it would touch; nothing was written.",
  })
}

function resourcesOf({ status, body }: HttpResponse): JsonObject[] | undefined {
  const resources = readPath(parseJson(body ?? ""), "Resources") ?? []
  return status === 200 && isArray(resources) ? resources.filter((resource) => isObject(resource)) : undefined
}
