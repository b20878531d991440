/** Which looks of the job show it an object at all: nothing at the target makes it look (ENG-DELTA-02, -03, -08, -09). */
import { type Directory, type Person, personIn, type Team, teamIn } from "../directory.ts"
import { type Moment, trackedOf } from "../rules.ts"
import type { Entry, Look, Timeline } from "../timeline.ts"

/** The looks that ran to their end and showed an object, of those that began at a moment or later. */
export function looksThatShow(timeline: Timeline, id: string, fromMoment: number): readonly Look[] {
  return timeline.looks().filter((look) => look.isComplete && look.first >= fromMoment && shows(timeline, look, id))
}

/** Everything that is alive, who was asked for, or whatever has changed since the look before. */
export function shows(timeline: Timeline, look: Look, id: string): boolean {
  if (look.subjects !== null) return look.subjects.has(id)
  const { directory } = timeline.moment(look.first)
  if (look.kind === "initial") return (personIn(directory, id) ?? teamIn(directory, id))?.deleted === false
  return hasChangedSince(timeline, windowBefore(timeline, look), id, look.first)
}

/** Whether the feed of changes names an object between two moments. */
export function hasChangedSince(timeline: Timeline, moment: number, id: string, until = timeline.at): boolean {
  for (let index = moment + 1; index <= until; index += 1) {
    if (hasChanged(timeline.moment(index - 1), timeline.moment(index), id)) return true
  }
  return false
}

/**
 * The moment from which on an incremental cycle is shown changes. An initial cycle that broke off goes on with its delta, if it had looked at
 * anything (ENG-JOB-03).
 */
function windowBefore(timeline: Timeline, look: Look): number {
  const { entries } = timeline
  const isCycle = (entry: Entry): entry is Look => entry.is === "look" && entry.kind !== "onDemand"
  const lastAt = entries.slice(0, entries.indexOf(look)).findLastIndex((entry) => isCycle(entry) && entry.isComplete)
  const last = entries[lastAt]
  if (last?.is !== "look") return 0
  if (last.kind !== "initial") return last.first
  const resetAt = entries.slice(0, lastAt).findLastIndex((entry) => entry.is === "reset" && entry.watermark)
  const attempts = entries.slice(resetAt + 1, lastAt + 1).filter((entry) => isCycle(entry))
  const since = attempts.slice(0, -1).findLastIndex(({ isComplete }) => isComplete) + 1
  return attempts.slice(since).find(({ imported, isComplete }) => imported > 0 || isComplete)?.first ?? 0
}

function hasChanged(before: Moment, after: Moment, id: string): boolean {
  const [was, is] = [before.directory, after.directory]
  if (was === is) return false
  if (was.assigned.has(id) !== is.assigned.has(id)) return true
  const [person, personAfter] = [personIn(was, id), personIn(is, id)]
  if (person !== undefined && personAfter !== undefined) {
    const isMoved = !personAfter.deleted && groupsOf(was, id) !== groupsOf(is, id)
    return isMoved || hasPersonChanged(person, personAfter, after)
  }
  const [team, teamAfter] = [teamIn(was, id), teamIn(is, id)]
  if (team !== undefined && teamAfter !== undefined) return hasTeamChanged(team, teamAfter, is)
  return person !== personAfter || team !== teamAfter
}

/** A manager who is deleted for good is no change of the person (ENG-DELTA-10). */
function hasPersonChanged(before: Person, after: Person, { directory, rules }: Moment): boolean {
  if (before === after) return false
  if (before.enabled !== after.enabled || before.deleted !== after.deleted) return true
  const isManagerGone = before.managerId !== null && personIn(directory, before.managerId) === undefined
  if (before.managerId !== after.managerId && !isManagerGone) return true
  return [...trackedOf(rules)].some((name) => before.attributes[name] !== after.attributes[name])
}

/** Neither is a member who is. */
function hasTeamChanged(before: Team, after: Team, directory: Directory): boolean {
  if (before === after) return false
  if (before.displayName !== after.displayName || before.deleted !== after.deleted) return true
  const stayed = before.memberIds.filter((id) => personIn(directory, id) !== undefined)
  return stayed.join() !== after.memberIds.join()
}

/** The assigned groups that somebody is in: joining or leaving one is a change of a live person (ENG-DELTA-08). */
function groupsOf({ groups, assigned }: Directory, id: string): string {
  const entitling = groups.filter((team) => !team.deleted && assigned.has(team.id) && team.memberIds.includes(id))
  return entitling.map((team) => team.id).join()
}
