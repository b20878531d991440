/**
 * What Entra itself leaves undone, and the facts that say so: the only differences that the model accepts. Each excuse is as narrow as its
 * fact: it looks at what happened, not at what the engine thought.
 */
import { differsInCaseOnly } from "../../../scenarios/oracles/situation.ts"
import type { JsonObject } from "../../../scenarios/checks/context.ts"
import { readPath } from "../../../scenarios/path-value.ts"
import { isMember, type Person, personIn, teamIn } from "../directory.ts"
import { expectationsOf, isPersonInScope, isTeamInScope, type Moment } from "../rules.ts"
import type { MemberMove, Write } from "../wire.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { forgotSince, givenUpBy, hiddenBy, isForgotten, wasLetGo } from "./gaps.ts"
import { hadItsChance } from "./references.ts"
import {
  accountsOf,
  imageBefore,
  nameHolder,
  ownedSince,
  ownerOf,
  type Resource,
  type Situation,
  tagOf,
  teamNameHolder,
  textAt,
} from "./situation.ts"

export interface Excuse {
  readonly fact: string
  /** What the fact says, in short. */
  readonly says: string
  readonly explains: (discrepancy: Discrepancy, situation: Situation) => boolean
}

/** The first that explains counts. */
export const EXCUSES: readonly Excuse[] = [
  {
    fact: "ENG-DEPROV-10",
    says: "with SkipOutOfScopeDeletions, whoever leaves the scope stays as they are",
    explains: (discrepancy, { timeline }) =>
      timeline.now.rules.skipOutOfScopeDeletions &&
      (discrepancy.kind === "activeLeaver" ||
        (discrepancy.kind === "teamLeft" && isStillThere(discrepancy.team, timeline.now))),
  },
  {
    fact: "ENG-DEPROV-05",
    says: "where IsSoftDeleted is not mapped, nothing is disabled or enabled",
    explains: ({ kind }, { timeline }) =>
      !timeline.now.rules.mapsSoftDeleted && (kind === "activeLeaver" || kind === "inactive"),
  },
  {
    fact: "ENG-DEPROV-06",
    says: "with Delete unticked, who is deleted for good stays at the target",
    explains: ({ kind }, { timeline }) => !timeline.now.rules.deletesUsers && kind === "accountLeft",
  },
  {
    fact: "ENG-DEPROV-12",
    says: "with Delete unticked on the group mapping, no group is deleted",
    explains: ({ kind }, { timeline }) => !timeline.now.rules.deletesGroups && kind === "teamLeft",
  },
  {
    fact: "ENG-RESTART-05",
    says: "a restart that forgets the links orphans what is out of scope, and loses deletions not sent yet",
    explains: (discrepancy, { timeline, kept }) => {
      const id = leftResource(discrepancy)
      const resource = id === undefined ? undefined : kept.get(id)
      return resource !== undefined && isForgotten(timeline, resource)
    },
  },
  {
    fact: "ENG-RESTART-06",
    says: "deletions since the last watermark are not seen by the fresh delta of a restart",
    explains: (discrepancy, { timeline }) => {
      const id = leaver(discrepancy)
      return id !== undefined && hiddenBy(timeline, id)?.by === "restart"
    },
  },
  {
    fact: "ENG-DELTA-06",
    says: "a fresh delta, here after an edit of mappings or filters, does not show what was deleted before it",
    explains: (discrepancy, { timeline }) => {
      const id = leaver(discrepancy)
      return id !== undefined && hiddenBy(timeline, id)?.by === "edit"
    },
  },
  {
    fact: "ENG-DEPROV-07",
    says: "whoever was unassigned is no longer managed: their deletion sends nothing",
    explains: (discrepancy, { timeline }) => {
      if (discrepancy.kind !== "accountLeft") return false
      const { mapsSoftDeleted, skipOutOfScopeDeletions } = timeline.now.rules
      const wasDisabled = readPath(discrepancy.account.body, "active") === false
      return (wasDisabled || !mapsSoftDeleted || skipOutOfScopeDeletions) && wasLetGo(timeline, discrepancy.person)
    },
  },
  {
    fact: "ENG-MATCH-05",
    says: "what the search finds belongs to another object that still exists: DuplicateSourceEntries",
    explains: isDuplicateSource,
  },
  {
    fact: "WIRE-093",
    says: "another object of the target has the unique value: 409, and tried again until that changes",
    explains: isConflict,
  },
  {
    fact: "ENG-RETRY-06",
    says: "after 28 days of failures an object is not tried again until it changes",
    explains: (discrepancy, { timeline }) => givenUp(discrepancy, (id) => givenUpBy(timeline, id)?.is === "givenUp"),
  },
  {
    fact: "ENG-RETRY-07",
    says: "escrows that are cleared are not tried again until the object changes, or everything is evaluated",
    explains: (discrepancy, { timeline }) => givenUp(discrepancy, (id) => givenUpBy(timeline, id)?.is === "reset"),
  },
  {
    fact: "MAP-501",
    says: "a cleared attribute is never sent: the old value stays",
    explains: isClearedValue,
  },
  {
    fact: "FN-TOLOWER-2",
    says: "a difference in letter case alone is no difference",
    explains: (discrepancy) =>
      discrepancy.kind === "valueDiffers" &&
      discrepancy.expected !== undefined &&
      differsInCaseOnly(discrepancy.held, discrepancy.expected),
  },
  {
    fact: "ENG-REF-03",
    says: "a manager who was out of scope when the person was looked at is not sent later; the old value stays",
    explains: (discrepancy, situation) => missedItsChance(discrepancy, situation, "manager"),
  },
  {
    fact: "RES-01",
    says: "only a manager that the job knows to have written is taken back",
    explains: isForeignManager,
  },
  {
    fact: "ENG-DEPROV-08",
    says: "after a restore from the recycle bin memberships are not sent again",
    explains: (discrepancy, situation) =>
      discrepancy.kind === "memberMissing" &&
      wasDeletedWhenLookedAt(discrepancy, situation) &&
      missedItsChance(discrepancy, situation, "member"),
  },
  {
    fact: "ENG-REF-04",
    says: "a member who was out of scope when the group was looked at is not added later",
    explains: (discrepancy, situation) => missedItsChance(discrepancy, situation, "member"),
  },
  {
    fact: "ENG-RESTART-05",
    says: "until it is matched again, an object whose link was forgotten can't be referred to",
    explains: (discrepancy, situation) => missedItsChance(discrepancy, situation, "link"),
  },
  {
    fact: "ENG-DELTA-10",
    says: "a deletion for good is no change of the groups that the deleted was in",
    explains: (discrepancy, { timeline }) =>
      discrepancy.kind === "memberLeft" &&
      discrepancy.person !== undefined &&
      personIn(timeline.now.directory, discrepancy.person) === undefined,
  },
  {
    fact: "ENG-REF-11",
    says: "a full evaluation sends every membership again, and takes out none that it does not know of",
    explains: isUnknownMembership,
  },
  {
    fact: "ENG-REF-10",
    says: "members are never read, so a write whose answer was not heard is repeated",
    explains: isRepeatedMove,
  },
  {
    fact: "ENG-MATCH-10",
    says: "a DELETE whose answer was not heard is repeated, and 404 is success",
    explains: (discrepancy, { writes }) =>
      discrepancy.kind === "idleWrite" &&
      discrepancy.write.request.method === "DELETE" &&
      discrepancy.write.status === 404 &&
      unheardBefore(discrepancy.write, writes).length > 0,
  },
  {
    fact: "ENG-RESTART-02",
    says: "where links are forgotten everything is matched again: by a name that the account does not have, it is not found",
    explains: isDoubledByReset,
  },
]

/** RES-04: so many requests at a time at most. */
const PARALLEL_MAX = 8

function isStillThere(team: string, { directory }: Moment): boolean {
  return teamIn(directory, team) !== undefined
}

/** The id of the target's resource that should be gone or disabled. */
function leftResource(discrepancy: Discrepancy): string | undefined {
  if (discrepancy.kind === "activeLeaver" || discrepancy.kind === "accountLeft") return discrepancy.account.id
  return discrepancy.kind === "teamLeft" ? discrepancy.group.id : undefined
}

/** The id of whoever left. */
function leaver(discrepancy: Discrepancy): string | undefined {
  if (discrepancy.kind === "activeLeaver" || discrepancy.kind === "accountLeft") return discrepancy.person
  return discrepancy.kind === "teamLeft" ? discrepancy.team : undefined
}

function givenUp(discrepancy: Discrepancy, isGivenUp: (id: string) => boolean): boolean {
  const owner = "team" in discrepancy ? discrepancy.team : "person" in discrepancy ? discrepancy.person : undefined
  return owner !== undefined && isGivenUp(owner)
}

function isDuplicateSource(discrepancy: Discrepancy, situation: Situation): boolean {
  const { directory } = situation.timeline.now
  if (discrepancy.kind === "accountMissing" || discrepancy.kind === "escrowLeft") {
    const id = discrepancy.kind === "accountMissing" ? discrepancy.person : discrepancy.escrow.objectId
    const person = personIn(directory, id)
    const owner = person && ownerOf(situation, nameHolder(situation, person)?.body)
    if (owner !== undefined && personIn(directory, owner) !== undefined) return true
  }
  if (discrepancy.kind === "teamMissing" || discrepancy.kind === "escrowLeft") {
    const id = discrepancy.kind === "teamMissing" ? discrepancy.team : discrepancy.escrow.objectId
    const team = teamIn(directory, id)
    const holder = team && teamNameHolder(situation, team)
    return holder !== undefined && teamIn(directory, textAt(holder.body, "externalId") ?? "") !== undefined
  }
  return false
}

function isConflict(discrepancy: Discrepancy, situation: Situation): boolean {
  const { directory } = situation.timeline.now
  const isStuck = (id: string): boolean => {
    const person = personIn(directory, id)
    const team = teamIn(directory, id)
    if (person !== undefined) return nameHolder(situation, person) !== undefined
    return team !== undefined && teamNameHolder(situation, team) !== undefined
  }
  switch (discrepancy.kind) {
    case "inactive":
    case "activeLeaver":
    case "valueDiffers":
      return isStuck(discrepancy.person)
    case "teamValueDiffers":
      return isStuck(discrepancy.team)
    case "escrowLeft": {
      const { objectId } = discrepancy.escrow
      const referred = [personIn(directory, objectId)?.managerId ?? [], teamIn(directory, objectId)?.memberIds ?? []]
      return isStuck(objectId) || referred.flat().some(isStuck)
    }
    case "idleWrite":
      return discrepancy.write.status === 409 && wasNameTaken(discrepancy.write, situation)
    default:
      return false
  }
}

/** Whether another resource had the name that a refused write asked for, or was just getting it: several requests run at a time. */
function wasNameTaken(write: Write, { kept }: Situation): boolean {
  const attribute = write.endpoint === "Users" ? "userName" : "displayName"
  return [...kept.values()].some((other) => {
    if (other.id === write.id || other.endpoint !== write.endpoint) return false
    const images = [imageBefore(other, write), imageBefore(other, { order: write.order + PARALLEL_MAX })]
    const names = images.flatMap((image) => (image && textAt(image, attribute)) ?? [])
    return names.some((name) => hasText(write.request.body ?? "", name))
  })
}

function hasText(body: string, text: string): boolean {
  return body.toLowerCase().includes(JSON.stringify(text).toLowerCase())
}

/** The value was the person's once, by the rules of then; or the account had it before it was the person's. */
function isClearedValue(discrepancy: Discrepancy, { timeline, kept, tags }: Situation): boolean {
  if (discrepancy.kind !== "valueDiffers" || discrepancy.expected !== undefined) return false
  const { person, path, held, account } = discrepancy
  const wasTheirs = timeline.moments.some(({ directory, rules }) => {
    const then = personIn(directory, person)
    return then !== undefined && expectationsOf(rules).texts.some((row) => row.path === path && row.of(then) === held)
  })
  const images = kept.get(account.id)?.images ?? []
  return wasTheirs || images.some(({ body }) => tagOf(body) !== tags.get(person) && readPath(body, path) === held)
}

/** The job has forgotten whom it wrote, or the manager is gone for good. */
function isForeignManager(discrepancy: Discrepancy, { timeline, kept, writes }: Situation): boolean {
  if (discrepancy.kind !== "managerDiffers" || discrepancy.manager !== null) return false
  const { account, held } = discrepancy
  const writtenAt = writes.findLast(
    ({ id, request }) => id === account.id && request.body?.includes(held ?? "") === true,
  )
  const owners = new Set((kept.get(held ?? "")?.images ?? []).map(({ body }) => tagOf(body)))
  const isGone = owners.size !== 1 || kept.get(held ?? "")?.isDeleted === true
  return isGone || (writtenAt !== undefined && forgotSince(timeline, writtenAt.at))
}

/** What kept a reference from being sent: a manager or a member who was out of scope, or whose link was forgotten. */
function missedItsChance(
  discrepancy: Discrepancy,
  situation: Situation,
  because: "manager" | "member" | "link",
): boolean {
  const { timeline, kept } = situation
  const reference = referenceOf(discrepancy)
  if (reference === null || (because !== "link" && because !== reference.kind)) return false
  const { to } = reference
  const accounts = accountsOf(situation, to).flatMap(({ id }) => kept.get(id) ?? [])
  // Without an account there is nothing to refer to; the old value stays.
  if (accounts.length === 0) return because !== "link"
  const isKnown = (at: number): boolean => because !== "link" || !accounts.some((one) => isForgotten(timeline, one, at))
  const owners = reference.owners().flatMap(({ id }) => kept.get(id) ?? [])
  const since = Math.max(...[...owners, ...accounts].map(ownedSince))
  return !hadItsChance(timeline, {
    ...reference,
    isResolvable: (moment) => isPersonInScope(moment, to),
    isKnown: (at) => at >= since && isKnown(at),
    isFound: (at) => owners.some(({ heardAt }) => heardAt.includes(at)),
  })
}

/** The reference that should be there and is not. */
function referenceOf(discrepancy: Discrepancy) {
  if (discrepancy.kind === "managerDiffers" && discrepancy.manager !== null) {
    const { person, manager } = discrepancy
    const holds = (moment: Moment): boolean =>
      isPersonInScope(moment, person) && personIn(moment.directory, person)?.managerId === manager
    const owners = (): readonly Resource[] => [discrepancy.account]
    return { kind: "manager", to: manager, holds, owners, subjects: [person] } as const
  }
  if (discrepancy.kind !== "memberMissing") return null
  const { team, person } = discrepancy
  const holds = (moment: Moment): boolean => isTeamInScope(moment, team) && isMember(moment.directory, team, person)
  const owners = (): readonly Resource[] => [discrepancy.group]
  return { kind: "member", to: person, holds, owners, subjects: [team, person] } as const
}

type MissingMember = Extract<Discrepancy, { readonly kind: "memberMissing" }>

function wasDeletedWhenLookedAt({ team, person }: MissingMember, { timeline }: Situation): boolean {
  return timeline.looks().some(({ first }) => {
    const moment = timeline.moment(first)
    const isThere = isTeamInScope(moment, team) && isMember(moment.directory, team, person)
    return isThere && (personIn(moment.directory, person) as Person | undefined)?.deleted === true
  })
}

function isUnknownMembership(discrepancy: Discrepancy, situation: Situation): boolean {
  if (discrepancy.kind === "memberLeft") {
    const { group, account } = discrepancy
    return isForgottenMember(group.id, account, Number.POSITIVE_INFINITY, situation)
  }
  if (discrepancy.kind !== "idleWrite" || discrepancy.write.members?.action !== "add") return false
  const { write } = discrepancy
  if (discrepancy.write.members.ids.every((id) => isForgottenMember(write.id, id, write.order, situation))) return true
  const { timeline, kept, writes } = situation
  const [look] = timeline.looks(write.at)
  // In an initial cycle or on demand; or the group has just been found, and the job does not know what is in it.
  if (look?.kind !== "incremental" || kept.get(write.id)?.heardAt.includes(write.at) === true) return true
  // Or tried again after such a look in which it failed.
  return timeline.entries.slice(0, write.at).some((entry, index) => {
    if (entry.is !== "look" || entry.kind === "incremental" || !entry.isDisturbed) return false
    return !writes.some(
      ({ id, at, order, members, wasHeard }) =>
        id === write.id && at >= index && order < write.order && wasHeard && includesAll(members, write.members),
    )
  })
}

/** The job does not know any more that it added a member: links were forgotten since, or the account or the group is another's now. */
function isForgottenMember(
  groupId: string,
  account: string,
  order: number,
  { timeline, kept, writes }: Situation,
): boolean {
  const added = writes.findLast(
    (write) =>
      write.order < order &&
      write.id === groupId &&
      write.hasChanged &&
      write.members?.action === "add" &&
      write.members.ids.includes(account),
  )
  if (added === undefined) return false
  const changedHands = (id: string, ownerIn: (body: JsonObject) => string | undefined): boolean => {
    const then = imageBefore(kept.get(id), { order: added.order + 1 })
    const now = imageBefore(kept.get(id), { order })
    return then !== undefined && now !== undefined && ownerIn(then) !== ownerIn(now)
  }
  const groupOwner = (body: JsonObject): string | undefined => textAt(body, "externalId")
  return changedHands(account, tagOf) || changedHands(groupId, groupOwner) || forgotSince(timeline, added.at)
}

function includesAll(all: MemberMove | null, some: MemberMove | null): boolean {
  return all?.action === some?.action && (some?.ids ?? []).every((id) => all?.ids.includes(id))
}

/** The same members have been sent the same way before, and the job never heard of it. */
function isRepeatedMove(discrepancy: Discrepancy, { writes }: Situation): boolean {
  if (discrepancy.kind !== "idleWrite") return false
  const { members } = discrepancy.write
  if (members === null) return false
  const sent = unheardBefore(discrepancy.write, writes).flatMap((write) =>
    write.members?.action === members.action ? write.members.ids : [],
  )
  return members.ids.every((id) => sent.includes(id))
}

/** Earlier writes of the same kind to the same resource, of which the job did not hear that they were done. */
function unheardBefore(write: Write, writes: readonly Write[]): readonly Write[] {
  return writes
    .slice(0, writes.indexOf(write))
    .filter(({ id, request, wasHeard }) => id === write.id && request.method === write.request.method && !wasHeard)
}

/** All but one of them belong to a time before the links were forgotten, and have not been found since. */
function isDoubledByReset(discrepancy: Discrepancy, { timeline, kept }: Situation): boolean {
  if (discrepancy.kind !== "accountDoubled" && discrepancy.kind !== "teamDoubled") return false
  const doubles = discrepancy.kind === "accountDoubled" ? discrepancy.accounts : discrepancy.groups
  const known = doubles.flatMap(({ id }) => kept.get(id) ?? []).filter((one) => !isForgotten(timeline, one))
  return known.length <= 1
}
