/**
 * Excuses for what the target object actions do not allow (ENG-MAP-01). Those of now count: saving the mapping has everything looked at
 * again.
 */
import type { Discrepancy } from "./discrepancy.ts"
import { isForgotten } from "./gaps.ts"
import { groupsOf, type Resource, type Situation } from "./situation.ts"

export function isNotAllowed(discrepancy: Discrepancy, situation: Situation): boolean {
  const { userActions, teamActions } = situation.timeline.now.rules
  const [addsUsers, addsTeams] = [userActions.includes("Add"), teamActions.includes("Add")]
  const [updatesUsers, updatesTeams] = [userActions.includes("Update"), teamActions.includes("Update")]
  switch (discrepancy.kind) {
    case "accountMissing":
      return !addsUsers
    case "teamMissing":
      return !addsTeams
    case "inactive":
    case "valueDiffers":
    case "managerDiffers":
      return !updatesUsers || (!addsUsers && isLost(discrepancy.account, situation))
    case "teamValueDiffers":
      return (
        !updatesTeams || (!addsTeams && groupsOf(situation, discrepancy.team).every((one) => isLost(one, situation)))
      )
    case "memberMissing":
    case "memberLeft":
      return !updatesTeams || (!addsTeams && isLost(discrepancy.group, situation))
    default:
      return false
  }
}

/** Forgotten, and not found again by the name of now; and without Add there is no other. */
function isLost({ id }: Resource, { timeline, kept }: Situation): boolean {
  const one = kept.get(id)
  return one !== undefined && isForgotten(timeline, one)
}
