/** What the oracle judges: the record of a history beside what the target holds in the end. */
import { ENTERPRISE_USER_URN } from "../../../protocol/index.ts"
import type { JsonObject } from "../../../scenarios/checks/context.ts"
import { isArray, readPath } from "../../../scenarios/path-value.ts"
import type { Escrow, JobCondition, Link } from "../../../simulator/index.ts"
import type { Person, Team } from "../directory.ts"
import { expectationsOf, type Moment } from "../rules.ts"
import type { Timeline } from "../timeline.ts"
import type { Attempt, HandEdit, Kept, Write } from "../wire.ts"
import { textAt } from "../text-at.ts"
import { isForgotten } from "./gaps.ts"

/** A resource of the target as GET lists it. */
export interface Resource {
  readonly id: string
  readonly body: JsonObject
}

export interface Situation {
  readonly timeline: Timeline
  readonly users: readonly Resource[]
  readonly groups: readonly Resource[]
  readonly writes: readonly Write[]
  readonly attempts: readonly Attempt[]
  /** What every resource of the target has been, by id. */
  readonly kept: ReadonlyMap<string, Kept>
  readonly escrows: readonly Escrow[]
  readonly links: readonly Link[]
  readonly quarantine: JobCondition["quarantine"]
  /** What was done at the target by hand. */
  readonly edits: readonly HandEdit[]
  /** The employeeId of each person, by the id of the directory. */
  readonly tags: ReadonlyMap<string, string>
}

export function toResources(bodies: readonly JsonObject[]): Resource[] {
  return bodies.flatMap((body) => {
    const id = textAt(body, "id")
    return id === undefined ? [] : [{ id, body }]
  })
}

/** Whose an account is: its employeeNumber says so. Undefined for an account that the job never wrote. */
export function tagOf(body: JsonObject): string | undefined {
  return textAt(body, `${ENTERPRISE_USER_URN}:employeeNumber`)
}

/** The directory id of the person whose account it is. */
export function ownerOf(
  { tags }: Pick<Situation, "tags">,
  account: string | JsonObject | undefined,
): string | undefined {
  const tag = typeof account === "string" || account === undefined ? account : tagOf(account)
  if (tag === undefined) return undefined
  return [...tags].find(([, one]) => one === tag)?.[0]
}

/** How many entries the timeline had as a resource became the one's whose it is. */
export function ownedSince({ images, endpoint }: Kept): number {
  const ownerIn = ({ body }: { readonly body: JsonObject }): string | undefined =>
    endpoint === "Users" ? tagOf(body) : textAt(body, "externalId")
  const last = images.at(-1)
  const first = last && images[images.findLastIndex((image) => ownerIn(image) !== ownerIn(last)) + 1]
  return first?.at ?? 0
}

/** Whose a resource is in the end: the one's whom the job has linked it to, although it may not bear their mark yet; else the mark's. */
export function holderOf(situation: Situation, { id, body }: Resource): string | undefined {
  const link = situation.links.find(({ targetId }) => targetId === id)
  if (link !== undefined) return link.sourceId
  // Groups carry the id of the directory as externalId (MAP-602).
  return situation.groups.some((group) => group.id === id) ? textAt(body, "externalId") : ownerOf(situation, body)
}

export function accountsOf(situation: Situation, personId: string): readonly Resource[] {
  return situation.users.filter((user) => holderOf(situation, user) === personId)
}

export function groupsOf(situation: Situation, teamId: string): readonly Resource[] {
  return situation.groups.filter((group) => holderOf(situation, group) === teamId)
}

/** What a resource was when a write came. */
export function imageBefore(resource: Kept | undefined, write: Pick<Write, "order">): JsonObject | undefined {
  return resource?.images.findLast(({ order }) => order < write.order)?.body
}

/** What a resource was once a write was done. */
export function imageAfter(resource: Kept | undefined, write: Pick<Write, "order">): JsonObject | undefined {
  return resource?.images.findLast(({ order }) => order <= write.order)?.body
}

/** Of a group as it is read, or as an image keeps it. */
export function memberIds(body: JsonObject): readonly string[] {
  const members = readPath(body, "members")
  if (!isArray(members)) return []
  return members.flatMap((member) => (typeof member === "string" ? member : (textAt(member, "value") ?? [])))
}

/** Of several that bear a person's mark, the one that the job has not forgotten. */
export function inUse(resources: readonly Resource[], { timeline, kept }: Situation): Resource | undefined {
  const isKnown = ({ id }: Resource): boolean => {
    const one = kept.get(id)
    return one !== undefined && !isForgotten(timeline, one)
  }
  return resources.find(isKnown) ?? resources[0]
}

/** A resource that the job was told to forget and has not found since. */
export function isForgottenResource({ id }: { readonly id: string }, { timeline, kept }: Situation): boolean {
  const one = kept.get(id)
  return one !== undefined && isForgotten(timeline, one)
}

/** Names are compared without case, at the target as in the directory. */
function isSameName(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && a.toLowerCase() === b?.toLowerCase()
}

/** The userName that a person should have. */
function nameOf({ rules }: Pick<Moment, "rules">, person: Person): string {
  return expectationsOf(rules).nameOf(person)
}

/** Another account that bears the name that a person should have; one that the job has forgotten is another, too. */
export function nameHolder(situation: Situation, person: Person): Resource | undefined {
  const name = nameOf(situation.timeline.now, person)
  const own = accountsOf(situation, person.id)
  return situation.users.find(
    (user) => isSameName(name, textAt(user.body, "userName")) && isAnother(situation, user, own),
  )
}

/** Another group that bears the name that a group should have. */
export function teamNameHolder(situation: Situation, team: Team): Resource | undefined {
  const own = groupsOf(situation, team.id)
  return situation.groups.find(
    (group) => isSameName(team.displayName, textAt(group.body, "displayName")) && isAnother(situation, group, own),
  )
}

function isAnother(situation: Situation, resource: Resource, own: readonly Resource[]): boolean {
  return !own.some(({ id }) => id === resource.id) || isForgottenResource(resource, situation)
}
