/**
 * The members of a group: each noted change becomes an add or a remove by target id, one member a PATCH unless told otherwise
 * (RES-05, WIRE-166 to -174). A target's members are never read (ENG-REF-10), so what was sent is remembered.
 */
import { ERROR_CODES, isRefusal } from "../dialect/errors.ts"
import { interpretSearch, interpretUpdate } from "../dialect/interpret.ts"
import type { CycleContext } from "./context.ts"
import type { PlannedReference } from "./mapping-plan.ts"
import {
  leaveOut,
  type ReferenceOwner,
  type ReferenceProgress,
  resolve,
  unresolvableError,
} from "./reference-progress.ts"
import type { PendingReference } from "./reference-store.ts"

/** A member on its way into or out of the group. */
interface MemberMove {
  readonly action: "add" | "remove"
  readonly pending: PendingReference
  readonly targetId: string
}

/** More than this is not listed in one log entry: the log is for reading. */
const LOGGED_MEMBERS_MAX = 1000

export async function writeMembers(
  context: CycleContext,
  owner: ReferenceOwner,
  { path }: PlannedReference,
  progress: ReferenceProgress,
): Promise<void> {
  let batch: MemberMove[] = []
  for (const pending of context.store.references.pending(owner.ownerType, owner.ownerId)) {
    if (pending.path !== path || !isChosen(context, pending)) continue
    const move = toMove(context, pending, progress)
    if (move === null) continue
    const isFull = batch.length === context.settings.wire.membersPerPatch
    if (isFull || (batch[0] !== undefined && batch[0].action !== move.action)) {
      await sendBatch(context, owner, path, batch, progress)
      batch = []
      if (isHopeless(progress)) return
    }
    batch.push(move)
  }
  await sendBatch(context, owner, path, batch, progress)
}

/** On demand, members that were not chosen are left to the next cycle (ENG-POD-02, documented). */
function isChosen({ onDemand }: CycleContext, { memberId }: PendingReference): boolean {
  return onDemand === null || onDemand.members.has(memberId)
}

/** The group itself is gone: no further member can get in. */
function isHopeless({ error }: ReferenceProgress): boolean {
  return error?.code === ERROR_CODES.invalidAnchor
}

/** What a noted member still needs; null where nothing is to be sent (now). */
function toMove(context: CycleContext, pending: PendingReference, progress: ReferenceProgress): MemberMove | null {
  const { store, source } = context
  const { ownerId, path, memberId } = pending
  const sent = store.references.sent(ownerId, path, memberId)
  if (!source.isMember(ownerId, memberId)) {
    if (sent !== null) return { action: "remove", pending, targetId: sent.memberTargetId }
    store.references.removePending(pending)
    return null
  }
  const resolution = resolve(context, memberId)
  if (resolution.kind === "failed") {
    progress.error = unresolvableError(memberId)
    return null
  }
  if (resolution.kind === "resolved") {
    const { targetId } = resolution
    if (sent === null || pending.isForced || sent.memberTargetId !== targetId)
      return { action: "add", pending, targetId }
  } else {
    leaveOut(progress, path, memberId)
  }
  store.references.removePending(pending)
  return null
}

async function sendBatch(
  context: CycleContext,
  { link }: ReferenceOwner,
  path: string,
  batch: readonly MemberMove[],
  progress: ReferenceProgress,
): Promise<void> {
  const [first] = batch
  if (first === undefined) return
  const { action } = first
  if (action === "add" && batch.length === 1 && (await isMemberAlready(context, link.targetId, path, first.targetId))) {
    return settle(context, batch)
  }
  const noted: { takeBack?: () => void } = {}
  const note = (): void => {
    noted.takeBack ??= action === "add" ? rememberAdditions(context, batch) : doubtMembership(context, batch)
  }
  const targetIds = batch.map((move) => move.targetId)
  for (const plan of context.composer.members(link.targetId, { action, path, targetIds })) {
    const outcome = interpretUpdate(await context.exchange(plan, note))
    if (outcome.kind === "failed") {
      if (isRefusal(outcome.error)) noted.takeBack?.()
      progress.error = outcome.error
      return
    }
  }
  settle(context, batch)
  for (const { targetId } of batch) {
    if (progress.modified.length >= LOGGED_MEMBERS_MAX) break
    const [oldValue, newValue] = action === "add" ? [null, targetId] : [targetId, null]
    progress.modified.push({ displayName: path, oldValue, newValue })
  }
}

/** The query of older documentation (WIRE-176), where the options ask for it. */
async function isMemberAlready(
  context: CycleContext,
  groupId: string,
  path: string,
  memberId: string,
): Promise<boolean> {
  const check = context.composer.referenceCheck("Group", groupId, path, memberId)
  if (check === null) return false
  const found = interpretSearch(await context.exchange(check))
  return found.kind === "found" && found.resources.length > 0
}

/**
 * Notes members as sent before they are: an answer may get lost, and who may be in the group has to be taken out again when they leave
 * it (ENG-REF-10: the group is never asked). Until the answer is there they are sent again all the same. Gives what forgets those that were
 * not noted before, for a target that refuses them.
 */
function rememberAdditions({ store }: CycleContext, batch: readonly MemberMove[]): () => void {
  const unconfirmed = batch.filter(
    ({ pending: { ownerId, path, memberId } }) => store.references.sent(ownerId, path, memberId) === null,
  )
  store.atomically(() => {
    for (const { pending, targetId } of unconfirmed) {
      const { ownerId, path, memberId } = pending
      store.references.setSent(ownerId, path, { memberId, memberTargetId: targetId })
      store.references.setPendingForced(pending, true)
    }
  })
  return () =>
    store.atomically(() => {
      for (const { pending } of unconfirmed)
        store.references.removeSent(pending.ownerId, pending.path, pending.memberId)
    })
}

/**
 * Notes that members may be out before they are asked to be taken out: should they come back before the answer is known, they are sent
 * again. Gives what trusts again in those who would not have been, for a target that refuses to take them out.
 */
function doubtMembership({ store }: CycleContext, batch: readonly MemberMove[]): () => void {
  const doubted = batch.filter(({ pending }) => !pending.isForced)
  const setForced = (isForced: boolean): void =>
    store.atomically(() => {
      for (const { pending } of doubted) store.references.setPendingForced(pending, isForced)
    })
  setForced(true)
  return () => setForced(false)
}

/** The target has taken the batch. */
function settle({ store }: CycleContext, batch: readonly MemberMove[]): void {
  store.atomically(() => {
    for (const { action, pending, targetId } of batch) {
      const { ownerId, path, memberId } = pending
      if (action === "add") store.references.setSent(ownerId, path, { memberId, memberTargetId: targetId })
      else store.references.removeSent(ownerId, path, memberId)
      store.references.removePending(pending)
    }
  })
}
