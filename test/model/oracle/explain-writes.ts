/** Excuses for writes: members are never read, so the job knows of them what it has sent and not forgotten. */
import type { JsonObject } from "../../../scenarios/checks/context.ts"
import type { Attempt, MemberMove, Write } from "../wire.ts"
import type { Discrepancy } from "./discrepancy.ts"
import { forgotSince } from "./gaps.ts"
import { imageAfter, imageBefore, type Situation, tagOf } from "./situation.ts"
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
function isForgottenMember(
  groupId: string,
  account: string,
  order: number,
  { timeline, kept, writes }: Situation,
): boolean {
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
    const now = imageBefore(kept.get(id), { order })
    return then !== undefined && now !== undefined && ownerIn(then) !== ownerIn(now)
  }
  const groupOwner = (body: JsonObject): string | undefined => textAt(body, "externalId")
  return changedHands(account, tagOf) || changedHands(groupId, groupOwner) || forgotSince(timeline, added.at)
}

function includesAll(all: MemberMove | null, some: MemberMove | null): boolean {
  return all?.action === some?.action && (some?.ids ?? []).every((id) => all?.ids.includes(id))
}

/** The same members were to be moved, or deleted altogether, before, and the job never heard whether they were. */
export function isRepeatedMove(discrepancy: Discrepancy, { attempts }: Situation): boolean {
  if (discrepancy.kind !== "idleWrite") return false
  const { members } = discrepancy.write
  if (members === null) return false
  const sent = new Set(
    unheardBefore(discrepancy.write, attempts).flatMap((attempt) =>
      attempt.members?.action === "add" || attempt.members?.action === members.action ? attempt.members.ids : [],
    ),
  )
  const wasDeleted = (id: string): boolean =>
    attempts.some(
      ({ order, request, wasHeard }) =>
        order <= discrepancy.write.order && request.method === "DELETE" && request.url.endsWith(`/${id}`) && !wasHeard,
    )
  return members.ids.every((id) => sent.has(id) || wasDeleted(id))
}

/** What the job sent of the same kind to the same resource, and did not hear that it was done. */
function unheardBefore(write: Write, attempts: readonly Attempt[]): readonly Attempt[] {
  return attempts.filter(
    ({ order, request, wasHeard }) =>
      order <= write.order &&
      request !== write.request &&
      request.url === write.request.url &&
      request.method === write.request.method &&
      !wasHeard,
  )
}

/** A DELETE that was repeated because its answer was not heard; or a write about what another request of the same look deletes. */
export function isOfTheDeleted(write: Write, { attempts, writes }: Situation): boolean {
  if (write.status === 404 && write.request.method === "DELETE") return unheardBefore(write, attempts).length > 0
  const ids = new Set([write.id, ...(write.members?.ids ?? [])])
  return (
    write.status >= 400 &&
    writes.some(({ id, at, request }) => at === write.at && request.method === "DELETE" && ids.has(id))
  )
}
