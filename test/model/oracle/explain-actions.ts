/**
 * Excuses for what the target object actions do not allow (ENG-MAP-01). Those of now count: saving the mapping has everything looked at
 * again.
 */
import type { Discrepancy } from "./discrepancy.ts"
import { isForgotten } from "./gaps.ts"
import { accountsOf, groupsOf, type Resource, type Situation } from "./situation.ts"

export function isNotAllowed(discrepancy: Discrepancy, situation: Situation): boolean {
  const { userActions, teamActions } = situation.timeline.now.rules
  const [addsUsers, addsTeams] = [userActions.includes("Add"), teamActions.includes("Add")]
  const [updatesUsers, updatesTeams] = [userActions.includes("Update"), teamActions.includes("Update")]
  switch (discrepancy.kind) {
    case "accountMissing":
      return !addsUsers || (!updatesUsers && isLinked(discrepancy.person, situation))
    case "teamMissing":
      return !addsTeams || (!updatesTeams && isLinked(discrepancy.team, situation))
    case "inactive":
    case "valueDiffers":
    case "managerDiffers":
      return !updatesUsers || (!addsUsers && isLost(discrepancy.account, situation))
    case "teamValueDiffers":
      return (
        !updatesTeams || (!addsTeams && groupsOf(situation, discrepancy.team).every((one) => isLost(one, situation)))
      )
    case "memberMissing":
      return (
        !updatesTeams ||
        (!addsTeams && isLost(discrepancy.group, situation)) ||
        (!updatesUsers && belongsToAnother(discrepancy.person, situation))
      )
    case "memberLeft":
      return (
        !updatesTeams ||
        (!addsTeams && isLost(discrepancy.group, situation)) ||
        (!updatesUsers && isAnothers(discrepancy.account, discrepancy.person, situation))
      )
    case "accountDoubled":
      return !updatesUsers && isOnlyOne(discrepancy.accounts, discrepancy.person, situation)
    case "teamDoubled":
      return !updatesTeams && isOnlyOne(discrepancy.groups, discrepancy.team, situation)
    case "accountLeft":
    case "activeLeaver":
      return !updatesUsers && isAnothers(discrepancy.account.id, discrepancy.person, situation)
    case "teamLeft":
      return !updatesTeams && isAnothers(discrepancy.group.id, discrepancy.team, situation)
    default:
      return false
  }
}

/** Linked to what was found, which without Update goes on bearing the mark of the one whose it was. */
function isLinked(objectId: string, { links, users, groups }: Situation): boolean {
  const targetId = links.find(({ sourceId }) => sourceId === objectId)?.targetId
  return [...users, ...groups].some(({ id }) => id === targetId)
}

/** It bears one's mark and is linked to another. */
function isAnothers(resourceId: string, markedAs: string | undefined, { links }: Situation): boolean {
  return links.some(({ targetId, sourceId }) => targetId === resourceId && sourceId !== markedAs)
}

function belongsToAnother(person: string, situation: Situation): boolean {
  return accountsOf(situation, person).every(({ id }) => isAnothers(id, person, situation))
}

function isOnlyOne(resources: readonly Resource[], objectId: string, situation: Situation): boolean {
  return resources.filter(({ id }) => !isAnothers(id, objectId, situation)).length <= 1
}

/** Forgotten, and not found again by the name of now; and without Add there is no other. */
function isLost({ id }: Resource, { timeline, kept }: Situation): boolean {
  const one = kept.get(id)
  return one !== undefined && isForgotten(timeline, one)
}
