/** Excuses for writes: members are never read, so the job knows of them what it has sent and not forgotten. */
import type { JsonObject } from "../../../scenarios/checks/context.ts"
import { teamIn } from "../directory.ts"
import type { Attempt, MemberMove, Write } from "../wire.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { wasMovedByHand } from "./explain-hands.ts"
import { forgotSince } from "./gaps.ts"
import { looksThatShow } from "./shown.ts"
import { imageAfter, ownerOf, type Situation, tagOf } from "./situation.ts"
import { textAt } from "../text-at.ts"

export function isUnknownMembership(discrepancy: Discrepancy, situation: Situation): boolean {
  if (discrepancy.kind === "memberLeft") {
    const { group, account } = discrepancy
    return isForgottenMember(group.id, account, Number.POSITIVE_INFINITY, situation)
  }
  if (discrepancy.kind !== "idleWrite" || discrepancy.write.members?.action !== "add") return false
  const { write } = discrepancy
  if (discrepancy.write.members.ids.every((id) => isForgottenMember(write.id, id, write.order, situation))) return true
  const { timeline, kept, attempts } = situation
  const [look] = timeline.looks(write.at)
  // In an initial cycle or on demand; or the group has just been found, and the job does not know what is in it.
  if (look?.kind !== "incremental" || kept.get(write.id)?.heardAt.includes(write.at) === true) return true
  // Or tried again after such a look in which it failed.
  return timeline.entries.slice(0, write.at).some((entry, index) => {
    if (entry.is !== "look" || entry.kind === "incremental" || !entry.isDisturbed) return false
    return !attempts.some(
      ({ request, at, order, members, wasHeard }) =>
        request !== write.request &&
        request.url === write.request.url &&
        at >= index &&
        order < write.order &&
        wasHeard &&
        includesAll(members, write.members),
    )
  })
}

/** The job does not know any more that it added a member: links were forgotten since, or the account or the group is another's now. */
function isForgottenMember(groupId: string, account: string, order: number, situation: Situation): boolean {
  const { timeline, kept, writes, links } = situation
  const added = writes.findLast(
    (write) =>
      write.order < order &&
      write.id === groupId &&
      write.status < 300 &&
      write.members?.action === "add" &&
      write.members.ids.includes(account),
  )
  if (added === undefined) return false
  const changedHands = (id: string, ownerIn: (body: JsonObject) => string | undefined): boolean => {
    const then = imageAfter(kept.get(id), added)
    // What was taken over may bear the new owner's mark only later.
    const since = kept.get(id)?.images.filter((image) => image.order > added.order) ?? []
    return then !== undefined && since.some(({ body }) => ownerIn(body) !== ownerIn(then))
  }
  const groupOwner = (body: JsonObject): string | undefined => textAt(body, "externalId")
  // Without the Update action it never does.
  const heir = links.find(({ targetId }) => targetId === account)?.sourceId
  const isInherited = heir !== undefined && heir !== ownerOf(situation, imageAfter(kept.get(account), added))
  return (
    isInherited || changedHands(account, tagOf) || changedHands(groupId, groupOwner) || forgotSince(timeline, added.at)
  )
}

function includesAll(all: MemberMove | null, some: MemberMove | null): boolean {
  return all?.action === some?.action && (some?.ids ?? []).every((id) => all?.ids.includes(id))
}

/**
 * Each member that a write moves in vain was to be moved, or deleted altogether, before, and the job never heard whether that was done; or was
 * moved by hand; or the job does not know any more that it added it.
 */
export function isMoveInVain(discrepancy: Discrepancy, situation: Situation): boolean {
  if (discrepancy.kind !== "idleWrite" || discrepancy.write.members === null) return false
  const { write } = discrepancy
  const { action, ids } = discrepancy.write.members
  const sent = new Set(unheardBefore(write, situation).flatMap(({ members }) => members?.ids ?? []))
  const wasDeleted = (id: string): boolean =>
    situation.attempts.some(
      (attempt) =>
        attempt.order <= write.order &&
        attempt.request.method === "DELETE" &&
        attempt.request.url.endsWith(`/${id}`) &&
        !attempt.wasHeard,
    )
  return ids.every(
    (id) =>
      sent.has(id) ||
      wasDeleted(id) ||
      wasMovedByHand(write, id, situation) ||
      (action === "add" && isForgottenMember(write.id, id, write.order, situation)),
  )
}

/** What the job sent of the same kind to the same resource, and did not hear that it was done. */
function unheardBefore(write: Write, { attempts }: Situation): readonly Attempt[] {
  return attempts.filter(
    (attempt) =>
      attempt.order <= write.order &&
      attempt.request !== write.request &&
      attempt.request.url === write.request.url &&
      attempt.request.method === write.request.method &&
      !attempt.wasHeard,
  )
}

/** A DELETE that was repeated because its answer was not heard; or a write about what another request of the same look deletes. */
export function isOfTheDeleted(write: Write, situation: Situation): boolean {
  if (write.status === 404 && write.request.method === "DELETE") {
    return unheardBefore(write, situation).length > 0 || deletedWhenFound(write.id, situation) !== undefined
  }
  const ids = new Set([write.id, ...(write.members?.ids ?? [])])
  return (
    write.status >= 400 &&
    situation.writes.some(({ id, at, request }) => at === write.at && request.method === "DELETE" && ids.has(id))
  )
}

/** Linked to what another request of the same look was deleting as it was found; what is not updated is not read again. */
export function wasDeletedWhenFound(discrepancy: Discrepancy, situation: Situation): boolean {
  switch (discrepancy.kind) {
    case "accountMissing":
      return isLinkedToDeleted(discrepancy.person, situation)
    case "linkDangling":
      return isLinkedToDeleted(discrepancy.id, situation)
    case "escrowLeft": {
      const { directory } = situation.timeline.now
      const members = teamIn(directory, discrepancy.escrow.objectId)?.memberIds ?? []
      return members.some((id) => isLinkedToDeleted(id, situation))
    }
    default:
      return false
  }
}

function isLinkedToDeleted(id: string, situation: Situation): boolean {
  const { links, timeline } = situation
  const targetId = links.find(({ sourceId }) => sourceId === id)?.targetId
  const deletion = targetId === undefined ? undefined : deletedWhenFound(targetId, situation)
  return deletion !== undefined && looksThatShow(timeline, id, deletion.moment + 1).length === 0
}

/** The deletion of a resource by the job, in a look in which a search found it. */
function deletedWhenFound(targetId: string, { writes, kept }: Situation): Write | undefined {
  const found = kept.get(targetId)?.heardAt ?? []
  return writes.find(
    ({ id, at, hasChanged, request }) =>
      id === targetId && request.method === "DELETE" && hasChanged && found.includes(at),
  )
}
