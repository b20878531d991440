/** Excuses for what an administrator of the target did by hand: Entra does not notice before it looks at the object again. */
import { personIn, teamIn } from "../directory.ts"
import type { Look } from "../timeline.ts"
import type { HandEdit, Write } from "../wire.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { isInScope } from "./gaps.ts"
import { shows } from "./shown.ts"
import { imageBefore, isForgottenResource, memberIds, ownerOf, type Situation } from "./situation.ts"
import { textAt } from "../text-at.ts"

/** A value that was changed by hand, of somebody whom no look has shown since (ENG-MAP-07). */
export function isDrift(discrepancy: Discrepancy, situation: Situation): boolean {
  switch (discrepancy.kind) {
    case "inactive":
      return isUnseen(lastEdit(situation, discrepancy.account.id, "active"), discrepancy.person, situation)
    case "valueDiffers":
      return isUnseen(lastEdit(situation, discrepancy.account.id, discrepancy.path), discrepancy.person, situation)
    case "teamValueDiffers": {
      const { team, path } = discrepancy
      return groupIdsOf(situation, team).some((id) => isUnseen(lastEdit(situation, id, path), team, situation))
    }
    default:
      return false
  }
}

/** Deleted by hand, and no look has shown the object since (ENG-MATCH-09); or another one refers to it (ENG-DELTA-09). */
export function isVanished(discrepancy: Discrepancy, situation: Situation): boolean {
  switch (discrepancy.kind) {
    case "accountMissing":
      return isUnseen(deletionOf(situation, discrepancy.person), discrepancy.person, situation)
    case "teamMissing":
      return isUnseen(deletionOf(situation, discrepancy.team), discrepancy.team, situation)
    case "linkDangling":
      return isUnread(deletionOf(situation, discrepancy.id), discrepancy.id, situation)
    case "escrowLeft": {
      const { directory } = situation.timeline.now
      const { objectId } = discrepancy.escrow
      const referred = [personIn(directory, objectId)?.managerId ?? [], membersOf(objectId, situation)].flat()
      return referred.some((id) => isUnread(deletionOf(situation, id), id, situation))
    }
    case "idleWrite":
      return isOfTheVanished(discrepancy.write, situation)
    case "inactive":
    case "valueDiffers":
    case "managerDiffers":
      return isStandIn(discrepancy.account, discrepancy.person, situation)
    case "teamValueDiffers":
      return groupIdsOf(situation, discrepancy.team).every((id) => isStandIn({ id }, discrepancy.team, situation))
    case "memberMissing":
      // One request adds several members: whoever is not there any more keeps the others out.
      return (
        isStandIn(discrepancy.group, discrepancy.team, situation) ||
        membersOf(discrepancy.team, situation).some((id) => isUnread(deletionOf(situation, id), id, situation))
      )
    case "memberLeft":
      return isStandIn(discrepancy.group, discrepancy.team, situation)
    default:
      return false
  }
}

/** Made anew after it was deleted by hand; that is no change of those who refer to it (ENG-DELTA-10). */
export function wasMadeAnew(discrepancy: Discrepancy, situation: Situation): boolean {
  if (discrepancy.kind === "memberMissing") return deletionOf(situation, discrepancy.person) !== undefined
  if (discrepancy.kind !== "managerDiffers" || discrepancy.manager === null) return false
  return deletionOf(situation, discrepancy.manager) !== undefined
}

/** A member put into a group by hand, whom the job has never sent. */
export function isPutInByHand(discrepancy: Discrepancy, { edits, writes, kept }: Situation): boolean {
  if (discrepancy.kind !== "memberLeft") return false
  const { group, account } = discrepancy
  const edit = edits.findLast(({ id, path }) => id === group.id && path === `members ${account}`)
  if (edit === undefined) return false
  const images = kept.get(group.id)?.images.filter(({ order }) => order > edit.order) ?? []
  return (
    images.every(({ body }) => memberIds(body).includes(account)) &&
    !writes.some(({ id, order, members }) => id === group.id && order > edit.order && members?.ids.includes(account))
  )
}

/** Whether somebody has put a member in or taken it out by hand before: the job never reads members (ENG-REF-10). */
export function wasMovedByHand({ id, order }: Write, member: string, { edits }: Situation): boolean {
  return edits.some((edit) => edit.id === id && edit.path === `members ${member}` && edit.order < order)
}

/** The last time that somebody was taken out of a group by hand: how many entries the timeline had; -1 for never. */
export function takenOutAt({ edits }: Situation, groupId: string, accounts: readonly string[]): number {
  const isIt = ({ id, path }: HandEdit): boolean =>
    id === groupId && accounts.some((account) => path === `members ${account}`)
  return edits.findLast(isIt)?.at ?? -1
}

/** The value was set by hand, and a cleared attribute is never sent. */
export function wasSetByHand({ edits }: Situation, account: string, path: string): boolean {
  return edits.some((edit) => edit.id === account && edit.path === path)
}

/** What is left is one that the job had forgotten before. */
function isStandIn({ id }: { readonly id: string }, objectId: string, situation: Situation): boolean {
  return isForgottenResource({ id }, situation) && isUnseen(deletionOf(situation, objectId), objectId, situation)
}

function isOfTheVanished(write: Write, { edits }: Situation): boolean {
  const gone = edits.filter(({ path, order }) => path === null && order < write.order).map(({ id }) => id)
  return gone.some((id) => write.id === id || write.request.body?.includes(id) === true)
}

function lastEdit({ edits }: Situation, id: string, path: string): HandEdit | undefined {
  return edits.findLast((edit) => edit.id === id && edit.path === path)
}

/** The last deletion by hand of what belonged to a person or a group. */
function deletionOf(situation: Situation, objectId: string): HandEdit | undefined {
  const { edits, kept, links } = situation
  return edits.findLast(({ id, path, order }) => {
    if (path !== null) return false
    // It may have borne another's mark.
    if (links.some((link) => link.targetId === id && link.sourceId === objectId)) return true
    const body = imageBefore(kept.get(id), { order })
    return body !== undefined && (ownerOf(situation, body) ?? textAt(body, "externalId")) === objectId
  })
}

function isUnseen(edit: HandEdit | undefined, objectId: string, situation: Situation): boolean {
  return edit !== undefined && looksSince(edit, objectId, situation).length === 0
}

/** Who is out of scope is not always read: what nothing is sent to is left as it is. */
function isUnread(edit: HandEdit | undefined, objectId: string, situation: Situation): boolean {
  if (edit === undefined) return false
  const { timeline } = situation
  return looksSince(edit, objectId, situation).every(({ first }) => !isInScope(timeline.moment(first), objectId))
}

/** The looks that showed an object after something was done to its resource. */
function looksSince({ at }: HandEdit, objectId: string, { timeline }: Situation): readonly Look[] {
  return timeline.looks(at).filter((look) => look.isComplete && shows(timeline, look, objectId))
}

function membersOf(team: string, { timeline }: Situation): readonly string[] {
  return teamIn(timeline.now.directory, team)?.memberIds ?? []
}

function groupIdsOf({ groups }: Situation, team: string): readonly string[] {
  return groups.filter(({ body }) => textAt(body, "externalId") === team).map(({ id }) => id)
}
