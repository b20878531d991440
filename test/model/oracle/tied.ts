/** What kept the job from de-provisioning somebody at the time that it was shown them as out of scope. */
import { personIn, teamIn } from "../directory.ts"
import type { Moment, Rules } from "../rules.ts"
import type { Look, Timeline } from "../timeline.ts"
import { deathsAfterLeaving, hasLeft, isInScope } from "./gaps.ts"
import { shows } from "./shown.ts"

/** The fact that ties the job's hands where an object leaves the scope; null where none does. */
function leavingTie(rules: Rules, isTeam: boolean): string | null {
  if (rules.skipOutOfScopeDeletions) return "ENG-DEPROV-10"
  if (isTeam || !rules.supportsSoftDelete) return purgeTie(rules, isTeam)
  if (!rules.mapsSoftDeleted) return "ENG-DEPROV-05"
  return rules.userActions.includes("Update") ? null : "ENG-MAP-01"
}

/** … where it is gone for good. */
function purgeTie({ userActions, teamActions }: Rules, isTeam: boolean): string | null {
  if (isTeam) return teamActions.includes("Delete") ? null : "ENG-DEPROV-12"
  return userActions.includes("Delete") ? null : "ENG-DEPROV-06"
}

/** The fact by which somebody who left the scope was left alone; null where the job was free to act. */
export function leftAloneBy(timeline: Timeline, id: string): string | null {
  // Who came or left in the middle of a look may have been seen as either; and what failed or broke off may have come to them.
  const inScope = ({ first, last }: Look): readonly boolean[] =>
    [first, last].map((index) => isInScope(timeline.moment(index), id))
  const lastSeen = (test: (look: Look) => boolean): number | undefined =>
    timeline.looks().findLast((look) => test(look) && shows(timeline, look, id))?.first
  const wasIn = (moment: Moment): boolean => isInScope(moment, id)
  const isCrashed = timeline.entries.some(({ is }) => is === "crash")
  const starts = [
    lastSeen((look) => look.isComplete && inScope(look).includes(true)),
    lastSeen((look) => look.isComplete && !inScope(look).includes(false)),
    lastSeen((look) => inScope(look).includes(true)),
    // Of a cycle in which the process died nothing is known.
    isCrashed ? timeline.moments.findLastIndex(wasIn) : timeline.moments.findIndex(wasIn),
  ]
  for (const start of starts) {
    const fact = leftAloneSince(timeline, id, start)
    if (fact !== null) return fact
  }
  return leftAloneByTheDead(timeline, id)
}

/** The fact by which a cycle let go of somebody before its process died in it. */
function leftAloneByTheDead(timeline: Timeline, id: string): string | null {
  for (const { first } of deathsAfterLeaving(timeline, id)) {
    const tie = leavingTie(timeline.moment(first).rules, isTeamOf(timeline, id))
    if (tie !== null) return tie
  }
  return null
}

function leftAloneSince(timeline: Timeline, id: string, start = 0): string | null {
  let found: string | null = null
  for (const { rules, moments } of viewsSince(timeline, id, Math.max(0, start), leavingTie)) {
    if (moments.every((moment) => isInScope(moment, id))) continue
    const tie = leavingTie(rules, isTeamOf(timeline, id))
    if (tie !== null) found = tie
    else if (!moments.some((moment) => isInScope(moment, id))) return null
    // From then on the job does not manage it any more (ENG-DEPROV-07).
    if (tie !== null && moments.some((moment) => hasLeft(moment, id))) return found
  }
  return found
}

/** The fact by which somebody deleted for good was left at the target. */
export function keptBy(timeline: Timeline, id: string): string | null {
  const goneAt = timeline.moments.findLastIndex((moment) => isThere(moment, id)) + 1
  for (const { look, rules } of viewsSince(timeline, id, goneAt, purgeTie)) {
    const tie = purgeTie(rules, isTeamOf(timeline, id))
    if (tie !== null || look.first >= goneAt) return tie
  }
  return null
}

interface View {
  readonly look: Look
  readonly rules: Rules
  /** When it began and when it ended. */
  readonly moments: readonly Moment[]
}

/**
 * The looks that showed an object and could act on it. What was held back is shown again by the next cycle; what failed is, some time
 * later: then the job has acted, or found its hands tied.
 */
function* viewsSince(timeline: Timeline, id: string, moment: number, tieOf: typeof purgeTie): Generator<View> {
  let isHeld = false
  let mayHaveFailed = false
  for (const look of timeline.looks()) {
    if (look.last < moment) continue
    const first = timeline.moment(look.first)
    const isTied = tieOf(first.rules, isTeamOf(timeline, id)) !== null
    const isShown = shows(timeline, look, id) || (isHeld && look.subjects === null)
    // What failed or broke off may have come to the object, and let go of it.
    const hasBegun = look.imported > 0 || look.subjects !== null
    if (!look.isComplete && !(isShown && isTied && hasBegun)) continue
    if (!isShown && !(mayHaveFailed && isTied)) continue
    if (isShown) isHeld = look.held.has(id)
    mayHaveFailed ||= look.isDisturbed
    if (isTied || !(isHeld || look.isDisturbed)) {
      yield { look, rules: first.rules, moments: [first, timeline.moment(look.last)] }
    }
  }
}

function isTeamOf(timeline: Timeline, id: string): boolean {
  return timeline.moments.some(({ directory }) => teamIn(directory, id) !== undefined)
}

function isThere({ directory }: Moment, id: string): boolean {
  return (personIn(directory, id) ?? teamIn(directory, id)) !== undefined
}
