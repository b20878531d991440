/** Reads from the endpoint what the second oracle compares: everything that the directory's names find, and all that was created. */
import type { Answer, ScimClient } from "./checks/context.ts"
import type { Expectations } from "./oracles/expected-attributes.ts"
import type { TargetResource, TargetState } from "./oracles/situation.ts"
import type { DirectorySnapshot, History } from "./oracles/snapshot.ts"
import { isArray, isObject, readPath } from "./path-value.ts"

/** Ids of what the job created, as its answers named them. */
export interface CreatedIds {
  readonly users: ReadonlySet<string>
  readonly groups: ReadonlySet<string>
}

/** Asks by every name that the directory ever had, and by every id that was given out: a double shows by one or the other. */
export async function readTarget(
  scim: ScimClient,
  history: History,
  { nameOf }: Expectations,
  created: CreatedIds,
): Promise<TargetState> {
  const searches = new Map<string, string>()
  const snapshots = [...history.seen, history.now]
  const namesIn = (read: (snapshot: DirectorySnapshot) => readonly string[]): string[] => [
    ...new Set(snapshots.flatMap(read)),
  ]
  const userNames = namesIn(({ users }) => users.map(nameOf))
  const groupNames = namesIn(({ groups }) => groups.map(({ displayName }) => displayName))
  return {
    users: await read(scim, {
      endpoint: "/Users",
      attribute: "userName",
      names: userNames,
      created: created.users,
      searches,
    }),
    groups: await read(scim, {
      endpoint: "/Groups",
      attribute: "displayName",
      names: groupNames,
      created: created.groups,
      searches,
    }),
    searches,
  }
}

interface Reading {
  readonly endpoint: "/Users" | "/Groups"
  readonly attribute: string
  readonly names: readonly string[]
  readonly created: ReadonlySet<string>
  /** Takes the exchange of each search, by name. */
  readonly searches: Map<string, string>
}

async function read(
  scim: ScimClient,
  { endpoint, attribute, names, created, searches }: Reading,
): Promise<TargetResource[]> {
  const ids = new Set(created)
  for (const name of names) {
    const answer = await scim.find(endpoint, `${attribute} eq ${JSON.stringify(name)}`)
    searches.set(name, answer.exchange)
    for (const id of idsNamed(answer, attribute, name)) ids.add(id)
  }
  const resources: TargetResource[] = []
  for (const id of ids) {
    const answer = await scim.get(`${endpoint}/${encodeURIComponent(id)}`)
    if (answer.status !== 200 || !isObject(answer.json)) continue
    resources.push({ id, body: answer.json, exchange: answer.exchange, byJob: created.has(id) })
  }
  return resources
}

/** Only those that really have the name: an endpoint that ignores filters shows us other people's accounts. */
function idsNamed({ json }: Answer, attribute: string, name: string): string[] {
  const resources = readPath(json, "Resources") ?? []
  if (!isArray(resources)) return []
  return resources.flatMap((resource) => {
    const held = readPath(resource, attribute)
    const id = readPath(resource, "id")
    return typeof held === "string" && held.toLowerCase() === name.toLowerCase() && typeof id === "string" ? [id] : []
  })
}
