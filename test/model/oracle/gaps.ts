/** What the job cannot know, asked of the record: what it was told to forget, and what no cycle was shown. */
import { type Directory, personIn, teamIn } from "../directory.ts"
import { isPersonEntitled, isPersonInScope, isTeamEntitled, isTeamInScope, type Moment } from "../rules.ts"
import type { Crash, GivenUp, Look, Reset, Timeline } from "../timeline.ts"
import type { Kept } from "../wire.ts"
import { isLagging } from "./scope-switch.ts"
import { hasChangedSince } from "./shown.ts"

/**
 * The job was told to forget its links, and no search had shown it this one again by the time that the timeline had so many entries
 * (ENG-RESTART-05).
 */
export function isForgotten({ entries }: Timeline, { images, heardAt }: Kept, by = entries.length): boolean {
  const [first] = images
  return entries
    .slice(0, by)
    .some(
      (entry, index) =>
        entry.is === "reset" &&
        entry.links &&
        first !== undefined &&
        first.at <= index &&
        !heardAt.some((at) => at > index && at <= by),
    )
}

/** Whether the job was told to forget what it had sent, at some time after the timeline had so many entries. */
export function forgotSince({ entries }: Timeline, at: number): boolean {
  return entries.slice(at).some((entry) => entry.is === "reset" && entry.links)
}

/**
 * The reset whose fresh delta does not show a deletion: the object was gone before that delta began, and no incremental cycle had
 * dealt with it by then (ENG-DELTA-06, ENG-RESTART-06).
 */
export function hiddenBy(timeline: Timeline, id: string): Reset | undefined {
  const { entries, moments, now } = timeline
  const isAbsent = isGone(now.directory, id)
  const wasGone = ({ directory }: Moment): boolean => (isAbsent ? isGone(directory, id) : isDeleted(directory, id))
  const goneAt = moments.findLastIndex((moment) => !wasGone(moment)) + 1
  return entries.find((entry, index): entry is Reset => {
    if (entry.is !== "reset" || !entry.watermark) return false
    const base = entries.slice(index).find((later): later is Look => later.is === "look" && isBase(later))
    if (base === undefined || base.first < goneAt) return false
    if (entry.escrows && entry.escrowed.has(id)) return true
    const before = entries.slice(0, index)
    return !before.some((look) => look.is === "look" && dealsWithDeletions(look) && look.first >= goneAt)
  })
}

/** An initial cycle begins the delta; one that broke off before it looked at anything begins it again. */
function isBase({ kind, imported, isComplete }: Look): boolean {
  return kind === "initial" && (imported > 0 || isComplete)
}

function dealsWithDeletions({ kind, isComplete }: Look): boolean {
  return kind === "incremental" && isComplete
}

/** The entry by which an object that had failed was given up, unless it has been looked at since (ENG-RETRY-06, -07). */
export function givenUpBy(timeline: Timeline, id: string): Reset | GivenUp | undefined {
  const { entries, now } = timeline
  // An initial cycle is not shown what was deleted before it (ENG-DELTA-06).
  const shows = (look: Look): boolean =>
    look.subjects?.has(id) === true ||
    (look.kind === "initial" && !isDeleted(timeline.moment(look.first).directory, id))
  return entries.find((entry, index): entry is Reset | GivenUp => {
    const isIt =
      (entry.is === "reset" && entry.escrows && entry.escrowed.has(id)) || (entry.is === "givenUp" && entry.id === id)
    if (!isIt) return false
    const isUnchanged =
      isInScope(timeline.moment(entry.at), id) === isInScope(now, id) && !hasChangedSince(timeline, entry.at, id)
    const isAnew = entries.slice(index + 1).some((look) => look.is === "look" && look.isComplete && shows(look))
    return isUnchanged && !isAnew
  })
}

/**
 * The job let go of an object: it saw it leave and no longer entitled, and did not see it come back (ENG-DEPROV-07). Blocked or in the
 * recycle bin, what is entitled is still managed.
 */
export function wasLetGo(timeline: Timeline, id: string): boolean {
  const looks = timeline.looks().filter(({ subjects }) => subjects === null || subjects.has(id))
  const seen = ({ first, last }: Look, test: (moment: Moment) => boolean): readonly boolean[] =>
    [first, last].map((index) => test(timeline.moment(index)))
  const hasSeenLeave = (look: Look): boolean => seen(look, (moment) => hasLeft(moment, id)).includes(true)
  const inScope = (look: Look): readonly boolean[] =>
    isLagging(timeline, id, look) ? [false] : seen(look, (moment) => isInScope(moment, id))
  // Who came or left in the middle of a look may have been seen as either.
  const lastIn = looks.findLastIndex((look) => look.isComplete && inScope(look).includes(true))
  const lastCertainlyIn = looks.findLastIndex((look) => look.isComplete && !inScope(look).includes(false))
  return (
    [lastIn, lastCertainlyIn].some((index) => looks.slice(Math.max(0, index)).some(hasSeenLeave)) ||
    deathsAfterLeaving(timeline, id).length > 0
  )
}

/** Deaths of the process in a cycle that may have come to somebody who had left, and who has not been in scope since. */
export function deathsAfterLeaving({ entries, moments }: Timeline, id: string): readonly Crash[] {
  return entries.filter((entry): entry is Crash => {
    if (entry.is !== "crash") return false
    const leftAt = moments.findIndex((moment, index) => index >= entry.first && hasLeft(moment, id))
    return leftAt >= 0 && leftAt <= entry.last && !moments.slice(leftAt).some((moment) => isInScope(moment, id))
  })
}

/** Not entitled any more, so that the job lets go of it (ENG-DEPROV-07). */
export function hasLeft(moment: Moment, id: string): boolean {
  const person = personIn(moment.directory, id)
  const team = teamIn(moment.directory, id)
  if (person !== undefined) return !isPersonEntitled(moment, person)
  return team !== undefined && !isTeamEntitled(moment, team)
}

export function isInScope(moment: Moment, id: string): boolean {
  return isPersonInScope(moment, id) || isTeamInScope(moment, id)
}

function isDeleted(directory: Directory, id: string): boolean {
  return isGone(directory, id) || (personIn(directory, id) ?? teamIn(directory, id))?.deleted === true
}

function isGone(directory: Directory, id: string): boolean {
  return personIn(directory, id) === undefined && teamIn(directory, id) === undefined
}
