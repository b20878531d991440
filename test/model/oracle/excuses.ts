/**
 * What Entra itself leaves undone, and the facts that say so: the only differences that the model accepts. Each excuse is as narrow as its
 * fact: it looks at what happened, not at what the engine thought.
 */
import { differsInCaseOnly } from "../../../scenarios/oracles/situation.ts"
import { readPath } from "../../../scenarios/path-value.ts"
import { personIn, teamIn } from "../directory.ts"
import { expectationsOf } from "../rules.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { isNotAllowed } from "./explain-actions.ts"
import { isDrift, isPutInByHand, isVanished, wasMadeAnew, wasSetByHand } from "./explain-hands.ts"
import { isConflict, isDoubledByReset, isDuplicateSource, wasForgottenAndTaken } from "./explain-names.ts"
import {
  isForeignManager,
  lostItsManager,
  missedItsChance,
  outlivesManager,
  wasDeletedWhenLookedAt,
} from "./explain-references.ts"
import { isMoveInVain, isOfTheDeleted, isUnknownMembership, wasDeletedWhenFound } from "./explain-writes.ts"
import { givenUpBy, hiddenBy, isForgotten, wasLetGo } from "./gaps.ts"
import { isNotSwitchedYet } from "./scope-switch.ts"
import { type Situation, tagOf } from "./situation.ts"
import { keptBy, leftAloneBy } from "./tied.ts"

export interface Excuse {
  readonly fact: string
  /** What the fact says, in short. */
  readonly says: string
  readonly explains: (discrepancy: Discrepancy, situation: Situation) => boolean
}

/** The first that explains counts. */
export const EXCUSES: readonly Excuse[] = [
  {
    fact: "ENG-DEL-04",
    says: "more deletions than allowed are held back, and the job is in quarantine until they are",
    explains: isHeldBack,
  },
  {
    fact: "ENG-DEPROV-10",
    says: "with SkipOutOfScopeDeletions, whoever leaves the scope stays as they are",
    explains: isLeftAloneBy("ENG-DEPROV-10"),
  },
  {
    fact: "ENG-DEPROV-05",
    says: "where IsSoftDeleted is not mapped, nothing is disabled or enabled",
    explains: (discrepancy, situation) =>
      isLeftAloneBy("ENG-DEPROV-05")(discrepancy, situation) ||
      (discrepancy.kind === "inactive" && !situation.timeline.now.rules.mapsSoftDeleted),
  },
  {
    fact: "ENG-DEPROV-06",
    says: "with Delete unticked, who is deleted for good stays at the target, and without soft delete whoever leaves",
    explains: isLeftAloneBy("ENG-DEPROV-06"),
  },
  {
    fact: "ENG-DEPROV-12",
    says: "with Delete unticked on the group mapping, no group is deleted",
    explains: isLeftAloneBy("ENG-DEPROV-12"),
  },
  {
    fact: "ENG-MAP-01",
    says: "what the target object actions do not allow is not sent: no create without Add, no update without Update",
    explains: (discrepancy, situation) =>
      isLeftAloneBy("ENG-MAP-01")(discrepancy, situation) || isNotAllowed(discrepancy, situation),
  },
  {
    fact: "ENG-SCOPE-12",
    says: "the scope switch takes effect with a restart; until then only for those who change",
    explains: (discrepancy, { timeline }) => isNotSwitchedYet(discrepancy, timeline),
  },
  {
    fact: "ENG-MAP-07",
    says: "what was changed at the target by hand stays until a change of the object in the directory",
    explains: isDrift,
  },
  {
    fact: "ENG-MATCH-09",
    says: "what was deleted at the target by hand is made anew once the object is looked at; until then nothing can refer to it",
    explains: isVanished,
  },
  {
    fact: "ENG-RESTART-05",
    says: "a restart that forgets the links orphans what is out of scope, and until it is matched again nothing can refer to an object",
    explains: (discrepancy, situation) => {
      const resource = situation.kept.get(leftResource(discrepancy) ?? "")
      if (resource !== undefined) return isForgotten(situation.timeline, resource)
      if (wasForgottenAndTaken(discrepancy, situation)) return true
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
      if (discrepancy.kind === "teamLeft") {
        return wasLetGo(timeline, discrepancy.team) && leftAloneBy(timeline, discrepancy.team) !== null
      }
      if (discrepancy.kind !== "accountLeft") return false
      const { person, account } = discrepancy
      const wasDisabled = readPath(account.body, "active") === false
      return wasLetGo(timeline, person) && (wasDisabled || leftAloneBy(timeline, person) !== null)
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
    fact: "ENG-DELTA-10",
    says: "what becomes of an object is no change of those who refer to it, whether it is deleted for good or made anew",
    explains: (discrepancy, situation) => {
      const { timeline } = situation
      if (wasMadeAnew(discrepancy, situation)) {
        return missedItsChance(discrepancy, situation, discrepancy.kind === "memberMissing" ? "member" : "manager")
      }
      if (discrepancy.kind === "managerDiffers") return lostItsManager(discrepancy, timeline)
      if (discrepancy.kind !== "memberLeft" || discrepancy.person === undefined) return false
      return personIn(timeline.now.directory, discrepancy.person) === undefined
    },
  },
  {
    fact: "ENG-REF-03",
    says: "a manager who was out of scope when the person was looked at is not sent later; the old value stays",
    explains: (discrepancy, situation) =>
      missedItsChance(discrepancy, situation, "manager") || outlivesManager(discrepancy, situation),
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
    fact: "ENG-REF-11",
    says: "a full evaluation sends every membership again, and takes out none that it does not know of",
    explains: (discrepancy, situation) =>
      isUnknownMembership(discrepancy, situation) || isPutInByHand(discrepancy, situation),
  },
  {
    fact: "ENG-REF-10",
    says: "members are never read: what was done by hand is not noticed, and a write whose answer was not heard is repeated",
    explains: (discrepancy, situation) =>
      isMoveInVain(discrepancy, situation) || missedItsChance(discrepancy, situation, "hand"),
  },
  {
    fact: "ENG-MATCH-10",
    says: "404 of a repeated DELETE is success; a PATCH of what is deleted at that moment fails and is tried again",
    explains: (discrepancy, situation) =>
      (discrepancy.kind === "idleWrite" && isOfTheDeleted(discrepancy.write, situation)) ||
      wasDeletedWhenFound(discrepancy, situation),
  },
  {
    fact: "ENG-RESTART-02",
    says: "where links are forgotten everything is matched again: by a name that the account does not have, it is not found",
    explains: isDoubledByReset,
  },
]

/** The job says that it holds them back. */
function isHeldBack(discrepancy: Discrepancy, { timeline, quarantine }: Situation): boolean {
  const last = timeline.looks().findLast(({ subjects }) => subjects === null)
  return quarantine?.reason === "TooManyDeletes" && last?.held.has(leaver(discrepancy) ?? "") === true
}

function isLeftAloneBy(fact: string): Excuse["explains"] {
  return (discrepancy, { timeline }) => {
    if (discrepancy.kind === "accountLeft") return keptBy(timeline, discrepancy.person) === fact
    if (discrepancy.kind === "activeLeaver") return leftAloneBy(timeline, discrepancy.person) === fact
    // Who is left alone is not read either, so that nobody notices what they are linked to.
    if (discrepancy.kind === "linkDangling") return leftAloneBy(timeline, discrepancy.id) === fact
    if (discrepancy.kind !== "teamLeft") return false
    const { team } = discrepancy
    const isGone = teamIn(timeline.now.directory, team) === undefined
    return (isGone ? keptBy(timeline, team) : leftAloneBy(timeline, team)) === fact
  }
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
  if (discrepancy.kind === "linkDangling") return isGivenUp(discrepancy.id)
  const owner = "team" in discrepancy ? discrepancy.team : "person" in discrepancy ? discrepancy.person : undefined
  return owner !== undefined && isGivenUp(owner)
}

/** The value was the person's once, by the rules of then; or the account had it before it was the person's. */
function isClearedValue(discrepancy: Discrepancy, situation: Situation): boolean {
  const { timeline, kept, tags } = situation
  if (discrepancy.kind !== "valueDiffers" || discrepancy.expected !== undefined) return false
  const { person, path, held, account } = discrepancy
  const wasTheirs = timeline.moments.some(({ directory, rules }) => {
    const then = personIn(directory, person)
    return then !== undefined && expectationsOf(rules).texts.some((row) => row.path === path && row.of(then) === held)
  })
  const images = kept.get(account.id)?.images ?? []
  return (
    wasTheirs ||
    wasSetByHand(situation, account.id, path) ||
    images.some(({ body }) => tagOf(body) !== tags.get(person) && readPath(body, path) === held)
  )
}
