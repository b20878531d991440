/** What the second oracle looks at: the directory's history beside the target's state, and who is whose. */
import type { Json, JsonObject } from "../checks/context.ts"
import type { FindingDraft } from "../expect.ts"
import { readPath } from "../path-value.ts"
import type { Expectations } from "./expected-attributes.ts"
import { groupIn, idsOf, userIn, type DirectorySnapshot, type History } from "./snapshot.ts"

/** A resource as GET returned it. */
export interface TargetResource {
  readonly id: string
  readonly body: JsonObject
  /** Id of the exchange that read it. */
  readonly exchange: string
  /** The job created it; others were there before, or are the case's own. */
  readonly byJob: boolean
}

export interface TargetState {
  readonly users: readonly TargetResource[]
  readonly groups: readonly TargetResource[]
  /** Ids of the exchanges that looked for a name, by the name. */
  readonly searches: ReadonlyMap<string, string>
}

/** A difference that the story brought about itself: `path` of whoever goes by `name` now (all paths if absent). */
export interface Exemption {
  readonly name: string
  readonly path?: string
  readonly fact: string
}

/** A gap that Entra has itself. */
export interface Excuse {
  readonly fact: string
  /** What it excuses, for people who doubt it. */
  readonly what: string
}

export interface Convergence {
  readonly drafts: readonly FindingDraft[]
  readonly excuses: readonly Excuse[]
}

/** Resources by the id of the directory object that they belong to. */
export type Ownership = ReadonlyMap<string, readonly TargetResource[]>

export interface Situation {
  readonly history: History
  readonly expectations: Expectations
  readonly searches: TargetState["searches"]
  readonly accounts: Ownership
  readonly groups: Ownership
  readonly exemptions: readonly Exemption[]
}

/** What `read` finds in the directory now or, for an object that is gone, in the latest state that had it. */
export function lastKnown<T>(
  { seen, now }: History,
  read: (snapshot: DirectorySnapshot) => T | undefined,
): T | undefined {
  return (
    read(now) ??
    seen
      .toReversed()
      .map(read)
      .find((found) => found !== undefined)
  )
}

export function ownUsers(history: History, { nameOf }: Expectations, resources: readonly TargetResource[]): Ownership {
  const names = namesBy(history, (snapshot, id) => {
    const user = userIn(snapshot, id)
    return user === undefined ? undefined : nameOf(user)
  })
  return own(idsOf(history, "users"), names, resources, "userName")
}

/** Groups carry their object id as externalId (MAP-602), which tells apart those that share a name. */
export function ownGroups(history: History, resources: readonly TargetResource[]): Ownership {
  const names = namesBy(history, (snapshot, id) => groupIn(snapshot, id)?.displayName)
  return own(idsOf(history, "groups"), names, resources, "displayName")
}

type NameIn = (snapshot: DirectorySnapshot, id: string) => string | undefined

/** Lower-case names of an object. */
interface Names {
  /** Undefined for an object that is gone. */
  now(id: string): string | undefined
  /** All it ever had, newest first. */
  ever(id: string): readonly string[]
}

function namesBy({ seen, now }: History, nameIn: NameIn): Names {
  const snapshots = [now, ...seen.toReversed()]
  const nameAt = (snapshot: DirectorySnapshot, id: string) => nameIn(snapshot, id)?.toLowerCase()
  return {
    now: (id) => nameAt(now, id),
    ever: (id) => [...new Set(snapshots.map((snapshot) => nameAt(snapshot, id)).filter((name) => name !== undefined))],
  }
}

/** A name belongs to whoever bears it now; only a name that nobody bears belongs to the one who last did. */
function own(ids: readonly string[], names: Names, resources: readonly TargetResource[], attribute: string): Ownership {
  const owned = new Map<string, TargetResource[]>()
  for (const resource of resources) {
    const name = textAt(resource, attribute)?.toLowerCase() ?? ""
    const externalId = textAt(resource, "externalId")
    const owner =
      ids.find((id) => id === externalId) ??
      ids.find((id) => names.now(id) === name) ??
      ids.find((id) => names.ever(id)[0] === name) ??
      ids.find((id) => names.ever(id).includes(name))
    if (owner !== undefined) owned.set(owner, [...(owned.get(owner) ?? []), resource])
  }
  return owned
}

/** The text at a path of a resource, if it is one. */
export function textAt({ body }: TargetResource, path: string): string | undefined {
  const value = readPath(body, path)
  return typeof value === "string" ? value : undefined
}

/** A difference that Entra takes for none, and so never puts right in what it found (FN-TOLOWER-2, documented). */
export function differsInCaseOnly(held: Json | undefined, expected: string): boolean {
  return typeof held === "string" && held.toLowerCase() === expected.toLowerCase()
}

/** Collects what is judged about one object. */
export class Verdict implements Convergence {
  readonly drafts: FindingDraft[] = []
  readonly excuses: Excuse[] = []
  readonly #name: string
  readonly #exemptions: readonly Exemption[]

  constructor(name: string, exemptions: readonly Exemption[]) {
    this.#name = name
    this.#exemptions = exemptions
  }

  excuse(fact: string, what: string): void {
    this.excuses.push({ fact, what })
  }

  /** Records a difference at a path, unless the story accounts for it. */
  differ(path: string, draft: FindingDraft): void {
    const exemption = this.#exemptions.find(
      ({ name, path: exempt }) => name === this.#name && (exempt === undefined || exempt === path),
    )
    if (exemption === undefined) this.drafts.push(draft)
    else this.excuse(exemption.fact, `${path} of ${this.#name}: the story accounts for it`)
  }
}
