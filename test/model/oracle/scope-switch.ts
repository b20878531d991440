/** Whom the scope switch concerns and no look has shown since: it takes effect with a restart (ENG-SCOPE-12). */
import { isEntitled } from "../../../scenarios/oracles/snapshot.ts"
import type { Look, Timeline } from "../timeline.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { looksThatShow } from "./shown.ts"

/** `asOf`: the look at whose end the question is asked; by default the end. */
export function isLagging(timeline: Timeline, id: string, asOf?: Look): boolean {
  const { moments } = timeline
  const at = asOf?.last ?? timeline.at
  const switchedAt = moments.findLastIndex(
    ({ rules }, index) => index <= at && index > 0 && moments[index - 1]?.rules.syncAll !== rules.syncAll,
  )
  // Who is assigned is in scope either way, if it was so during the whole look.
  const looked = timeline.moments.slice(asOf?.first ?? at, at + 1)
  if (switchedAt < 0 || looked.every(({ directory }) => isEntitled(directory, id))) return false
  const since = looksThatShow(timeline, id, switchedAt)
  if (asOf === undefined) return since.length === 0
  const looks = timeline.looks()
  return !since.some((look) => looks.indexOf(look) <= looks.indexOf(asOf))
}

export function isNotSwitchedYet(discrepancy: Discrepancy, timeline: Timeline): boolean {
  return concerned(discrepancy).some((id) => isLagging(timeline, id))
}

/** Whose scope a difference depends on. */
function concerned(discrepancy: Discrepancy): readonly string[] {
  switch (discrepancy.kind) {
    case "accountMissing":
    case "activeLeaver":
    case "inactive":
    case "valueDiffers":
      return [discrepancy.person]
    case "managerDiffers":
      return [discrepancy.person, ...(discrepancy.manager === null ? [] : [discrepancy.manager])]
    case "teamMissing":
    case "teamLeft":
    case "teamValueDiffers":
    case "memberLeft":
      return [discrepancy.team]
    case "memberMissing":
      return [discrepancy.team, discrepancy.person]
    default:
      return []
  }
}
