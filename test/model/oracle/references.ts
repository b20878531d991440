/**
 * Whether a reference had its chance: it is written when its owner is evaluated with it, to an object that is provisioned by then
 * (ENG-REF-01 to -05, -09). Evaluated means: it is new to the cycle that looks, the cycle is an initial one, or it is asked for on demand.
 */
import type { Moment } from "../rules.ts"
import type { Look, Timeline } from "../timeline.ts"

export interface Reference {
  /** Whether it is there and its owner in scope. */
  readonly holds: (moment: Moment) => boolean
  /** Whether the one that it points at is in scope. */
  readonly isResolvable: (moment: Moment) => boolean
  /** Whether both were at the target and known to the job, as the timeline had so many entries. */
  readonly isKnown: (at: number) => boolean
  /** Whether the owner was found or made then, so that all its references were evaluated. */
  readonly isFound: (at: number) => boolean
  /** Whom provision on demand must be about, the owner first. */
  readonly subjects: readonly string[]
}

export function hadItsChance(timeline: Timeline, reference: Reference): boolean {
  const { holds, isResolvable, isKnown, isFound, subjects } = reference
  const looks = timeline.looks().filter(({ isComplete }) => isComplete)
  const cycles = looks.filter(({ kind }) => kind !== "onDemand")
  const newTo = cycles[cycles.findLastIndex(({ first }) => !holds(timeline.moment(first))) + 1]
  if (newTo === undefined) return false
  const since = looks.slice(looks.indexOf(newTo))
  // What was asked for on demand just before is not new to the cycle any more (ENG-POD-08).
  const justBefore = looks.slice(looks.indexOf(cycles[cycles.indexOf(newTo) - 1] ?? newTo) + 1, looks.indexOf(newTo))
  const wasOnDemand = justBefore.some(({ subjects: asked }) => asked?.has(subjects[0] ?? "") === true)
  const isEvaluation = (look: Look): boolean => {
    if (look.kind === "onDemand") return subjects.every((id) => look.subjects?.has(id)) && wasProvisioned(look)
    return (look === newTo && !wasOnDemand) || look.kind === "initial" || isFound(timeline.entries.indexOf(look))
  }
  // Provision on demand provisions nobody but its subjects: others it finds as the last cycle left them.
  const wasProvisioned = (look: Look): boolean => {
    const before = cycles.findLast((cycle) => looks.indexOf(cycle) < looks.indexOf(look))
    return before !== undefined && throughout(timeline, before, isResolvable)
  }
  const canResolve = (look: Look): boolean =>
    throughout(timeline, look, isResolvable) && isKnown(timeline.entries.indexOf(look))
  return since.some((look, index) => {
    if (!isEvaluation(look) || !canResolve(look)) return false
    // What failed is tried again for as long as it can be resolved (ENG-REF-09).
    return !look.isDisturbed || since.slice(index).every((later) => canResolve(later))
  })
}

function throughout(timeline: Timeline, { first, last }: Look, test: (moment: Moment) => boolean): boolean {
  return timeline.moments.slice(first, last + 1).every(test)
}
