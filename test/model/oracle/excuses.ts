/**
 * What Entra itself leaves undone, and the facts that say so: the only differences that the model accepts. Each excuse is as narrow as its
 * fact: it looks at what happened, not at what the engine thought.
 */
import { differsInCaseOnly } from "../../../scenarios/oracles/situation.ts"
import { readPath } from "../../../scenarios/path-value.ts"
import { personIn, teamIn } from "../directory.ts"
import { expectationsOf, type Moment } from "../rules.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { isConflict, isDoubledByReset, isDuplicateSource } from "./explain-names.ts"
import { isForeignManager, lostItsManager, missedItsChance, wasDeletedWhenLookedAt } from "./explain-references.ts"
import { isOfTheDeleted, isRepeatedMove, isUnknownMembership } from "./explain-writes.ts"
import { givenUpBy, hiddenBy, isForgotten, wasLetGo } from "./gaps.ts"
import { type Situation, tagOf } from "./situation.ts"

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
    says: "a restart that forgets the links orphans what is out of scope, and until it is matched again nothing can refer to an object",
    explains: (discrepancy, situation) => {
      const resource = situation.kept.get(leftResource(discrepancy) ?? "")
      if (resource !== undefined) return isForgotten(situation.timeline, resource)
      return missedItsChance(discrepancy, situation, "link")
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
      const { mapsSoftDeleted, skipOutOfScopeDeletions } = timeline.now.rules
      if (discrepancy.kind === "teamLeft") return skipOutOfScopeDeletions && wasLetGo(timeline, discrepancy.team)
      if (discrepancy.kind !== "accountLeft") return false
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
    fact: "ENG-DELTA-10",
    says: "a deletion for good is no change of whom it takes the manager from, nor of the groups that the deleted was in",
    explains: (discrepancy, { timeline }) => {
      if (discrepancy.kind === "managerDiffers") return lostItsManager(discrepancy, timeline)
      if (discrepancy.kind !== "memberLeft" || discrepancy.person === undefined) return false
      return personIn(timeline.now.directory, discrepancy.person) === undefined
    },
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
    says: "404 of a repeated DELETE is success; a PATCH of what is deleted at that moment fails and is tried again",
    explains: (discrepancy, situation) =>
      discrepancy.kind === "idleWrite" && isOfTheDeleted(discrepancy.write, situation),
  },
  {
    fact: "ENG-RESTART-02",
    says: "where links are forgotten everything is matched again: by a name that the account does not have, it is not found",
    explains: isDoubledByReset,
  },
]

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
  if (discrepancy.kind === "linkDangling") return discrepancy.id
  return discrepancy.kind === "teamLeft" ? discrepancy.team : undefined
}

function givenUp(discrepancy: Discrepancy, isGivenUp: (id: string) => boolean): boolean {
  const owner = "team" in discrepancy ? discrepancy.team : "person" in discrepancy ? discrepancy.person : undefined
  return owner !== undefined && isGivenUp(owner)
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
