/**
 * Whether a reference had its chance: it is written when its owner is evaluated with it, to an object that is provisioned by then
 * (ENG-REF-01 to -05, -09). Evaluated means: it is new to the cycle that looks, the cycle is an initial one, or it is asked for on demand.
 */
import type { Moment } from "../rules.ts"
import type { Look, Timeline } from "../timeline.ts"

export interface Reference {
  /** Whether it is there and its owner in scope. */
  readonly holds: (moment: Moment) => boolean
  /** Whether the one that it points at is in scope, and a reference may be sent. */
  readonly isResolvable: (moment: Moment) => boolean
  /** Whether both were at the target and known to the job, as the timeline had so many entries. */
  readonly isKnown: (at: number) => boolean
  /** Whether the owner was found or made then, so that all its references were evaluated. */
  readonly isFound: (at: number) => boolean
  /** Whether the job had heard by the end of a look of the owner's scope being switched (ENG-SCOPE-12). */
  readonly isOwnerSeen: (look: Look) => boolean
  /** … and of that of the one that it points at. */
  readonly isTargetSeen: (look: Look) => boolean
  /** It was sent already, so that only a full evaluation sends it again (ENG-REF-11). */
  readonly isSentBefore: boolean
  /** Whom provision on demand must be about, the owner first. */
  readonly subjects: readonly string[]
}

export function hadItsChance(timeline: Timeline, reference: Reference): boolean {
  return firstToSee(timeline, reference).every(
    (look) => look !== undefined && hadItsChanceSince(look, timeline, reference),
  )
}

function hadItsChanceSince(newTo: Look, timeline: Timeline, reference: Reference): boolean {
  const { isResolvable, isKnown, isFound, subjects } = reference
  const looks = timeline.looks().filter(({ isComplete }) => isComplete)
  const cycles = looks.filter(({ kind }) => kind !== "onDemand")
  const since = looks.slice(looks.indexOf(newTo))
  // What was asked for on demand just before is not new to the cycle any more (ENG-POD-08), even if something failed in that.
  const all = timeline.looks()
  const justBefore = all.slice(all.indexOf(cycles[cycles.indexOf(newTo) - 1] ?? newTo) + 1, all.indexOf(newTo))
  const wasOnDemand = justBefore.some(({ subjects: asked }) => asked?.has(subjects[0] ?? "") === true)
  const isEvaluation = (look: Look): boolean => {
    if (reference.isSentBefore) return look.kind === "initial" || isFound(timeline.entries.indexOf(look))
    if (look.kind === "onDemand") return subjects.every((id) => look.subjects?.has(id)) && wasProvisioned(look)
    return (look === newTo && !wasOnDemand) || look.kind === "initial" || isFound(timeline.entries.indexOf(look))
  }
  // Provision on demand provisions nobody but its subjects: others it finds as the last cycle left them.
  const wasProvisioned = (look: Look): boolean => {
    const before = cycles.findLast((cycle) => looks.indexOf(cycle) < looks.indexOf(look))
    return before !== undefined && throughout(timeline, before, isResolvable)
  }
  const canResolve = (look: Look): boolean =>
    throughout(timeline, look, isResolvable) && isKnown(timeline.entries.indexOf(look)) && reference.isTargetSeen(look)
  return since.some((look, index) => {
    if (!isEvaluation(look) || !canResolve(look)) return false
    if (!look.isDisturbed) return true
    // What failed is tried again for as long as it can be resolved (ENG-REF-09), also by a cycle in which the process died.
    const deaths = timeline.entries.slice(timeline.entries.indexOf(look)).filter((entry) => entry.is === "crash")
    return since.slice(index).every(canResolve) && deaths.every((one) => throughout(timeline, one, isResolvable))
  })
}

/**
 * The first cycle that saw it. Where it came in the middle of a cycle, that may have been the one; or the job has not noticed at all that
 * it had been away, and it is as new as it was before.
 */
function firstToSee(timeline: Timeline, reference: Reference): readonly (Look | undefined)[] {
  const { holds, isOwnerSeen, isFound, subjects } = reference
  // Provision on demand may have shown the owner without it in between.
  const looks = timeline.looks().filter((look) => look.isComplete && (look.subjects?.has(subjects[0] ?? "") ?? true))
  const cycleAfter = (index: number): Look | undefined => looks.slice(index + 1).find(({ kind }) => kind !== "onDemand")
  const isMissing = (look: Look): boolean => !holds(timeline.moment(look.first)) || !isOwnerSeen(look)
  const index = looks.findLastIndex(isMissing)
  // Until it has heard that only the assigned are in scope, the job takes the owner to be (ENG-SCOPE-12).
  const isKept = (look: Look): boolean => !isOwnerSeen(look) && !timeline.moment(look.last).rules.syncAll
  const unnoticed = looks.findLastIndex((look) => isMissing(look) && !isKept(look))
  const before = looks[index]
  const after = [cycleAfter(index), cycleAfter(unnoticed)]
  if (before === undefined || !holds(timeline.moment(before.last))) return after
  const earlier = looks.findLastIndex((look) => isMissing(look) && !holds(timeline.moment(look.last)))
  const all = [...after, cycleAfter(earlier)]
  return isFound(timeline.entries.indexOf(before)) ? [before, ...all] : all
}

function throughout(
  timeline: Timeline,
  { first, last }: Pick<Look, "first" | "last">,
  test: (moment: Moment) => boolean,
): boolean {
  return timeline.moments.slice(first, last + 1).every(test)
}
