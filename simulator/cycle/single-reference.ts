/** A reference to one object: the manager (ENG-REF-02, -03, -06, WIRE-129 to -137). */
import type { ReferenceChange } from "../dialect/dialect.ts"
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

/** Sends what the owner points at now, if this is to be sent and differs from what the target shows. */
export async function writeSingleReference(
  context: CycleContext,
  owner: ReferenceOwner,
  { path, sourceAttribute }: PlannedReference,
  progress: ReferenceProgress,
): Promise<void> {
  const { store } = context
  const { ownerType, ownerId } = owner
  const pending = { ownerType, ownerId, path, memberId: "" }
  if (![...store.references.pending(ownerType, ownerId)].some((one) => one.path === path)) return
  const value = owner.entry.attributes.read(sourceAttribute)
  const sourceId = typeof value === "string" ? value : null
  const current = owner.current[path]

  if (sourceId === null) {
    // RES-01: only what the job has written itself is taken back.
    const sent = store.references.allSent(ownerId, path)
    if (sent.length > 0 && current !== undefined) {
      const isDone = await patch(context, owner, { action: "replace", path, targetId: null }, current, progress)
      if (!isDone) return
    }
    return store.atomically(() => {
      for (const { memberId } of sent) store.references.removeSent(ownerId, path, memberId)
      store.references.removePending(pending)
    })
  }

  const resolution = resolve(context, sourceId)
  if (resolution.kind === "failed") {
    progress.error = unresolvableError(sourceId)
    return
  }
  if (resolution.kind !== "resolved") {
    leaveOut(progress, path, sourceId)
    return store.references.removePending(pending)
  }
  const { targetId } = resolution
  if (current !== targetId) {
    const action = current === undefined ? "add" : "replace"
    // Its answer may get lost, and it has to be taken back all the same.
    const note = (): void => store.references.setSent(ownerId, path, { memberId: sourceId, memberTargetId: targetId })
    if (!(await patch(context, owner, { action, path, targetId }, current ?? null, progress, note))) return
  }
  store.atomically(() => {
    for (const { memberId } of store.references.allSent(ownerId, path))
      store.references.removeSent(ownerId, path, memberId)
    store.references.setSent(ownerId, path, { memberId: sourceId, memberTargetId: targetId })
    store.references.removePending(pending)
  })
}

/** True when the target has it, or the options say that nothing is sent. */
async function patch(
  context: CycleContext,
  { ownerType, link }: ReferenceOwner,
  change: ReferenceChange,
  current: string | null,
  progress: ReferenceProgress,
  note?: () => void,
): Promise<boolean> {
  const { composer } = context
  const plan = composer.reference(ownerType, link.targetId, change)
  if (plan === null) return true
  if (change.targetId !== null) {
    const check = composer.referenceCheck(ownerType, link.targetId, "manager", change.targetId)
    if (check !== null) {
      const found = interpretSearch(await context.exchange(check))
      if (found.kind === "found" && found.resources.length > 0) return true
    }
  }
  const outcome = interpretUpdate(await context.exchange(plan, note))
  if (outcome.kind === "failed") {
    progress.error = outcome.error
    return false
  }
  progress.modified.push({ displayName: change.path, oldValue: current, newValue: change.targetId })
  return true
}
