/**
 * Excuses for what the target object actions do not allow (ENG-MAP-01). Those of now count: saving the mapping has everything looked at
 * again. What was forgotten is found again by the name of now or not at all; and without Add there is no other.
 */
import type { Discrepancy } from "./discrepancy.ts"
import { groupsOf, isForgottenResource, type Situation } from "./situation.ts"

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
      return !updatesUsers || (!addsUsers && isForgottenResource(discrepancy.account, situation))
    case "teamValueDiffers":
      return (
        !updatesTeams ||
        (!addsTeams && groupsOf(situation, discrepancy.team).every((one) => isForgottenResource(one, situation)))
      )
    case "memberMissing":
    case "memberLeft":
      return !updatesTeams || (!addsTeams && isForgottenResource(discrepancy.group, situation))
    default:
      return false
  }
}
