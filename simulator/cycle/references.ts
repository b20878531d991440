/**
 * References: managers and memberships, written by PATCHes of their own once the objects exist (ENG-REF-01 to -12, WIRE-129).
 * What has to be sent is noted while objects are exported and kept until it is sent or given up, so that a membership change
 * costs the changed members only.
 */
import type { TargetResource } from "../dialect/interpret.ts"
import { readReference } from "../dialect/resource-read.ts"
import { exportStep, skipStep, unresolvedStep } from "../log/steps.ts"
import type { CycleContext, LiveRun } from "./context.ts"
import { eachOf } from "./in-parallel.ts"
import type { PlannedReference } from "./mapping-plan.ts"
import { writeMembers } from "./members.ts"
import { beginRun } from "./object-run.ts"
import { newProgress, type ReferenceOwner, type ReferenceProgress } from "./reference-progress.ts"
import { writeSingleReference } from "./single-reference.ts"
import type { QueuedOwner } from "./reference-store.ts"

/**
 * How the job comes to an object in scope: `found`, just linked, so that everything it holds is to be sent; `returned`, in scope again
 * after changes of which nothing was sent; `kept`.
 */
export type Arrival = "found" | "returned" | "kept"

/**
 * Notes what an object in scope has to send: everything where it has just been linked, has come back into scope (decision 0011) or is
 * evaluated in full. Otherwise only what the delta names: a reference that could not be resolved is not tried again because something
 * else changed (ENG-REF-03 to -05).
 */
export function noteReferences(context: CycleContext, run: LiveRun, arrival: Arrival): void {
  const { store } = context
  const { objectType, objectId, isFull, changedReferences } = run.item
  // A reference is an update (ENG-REF-01), and where updates are off none is sent (ENG-MAP-01); a save of the mapping looks at everything.
  if (!run.plan.actions.has("Update")) return
  // A full evaluation sends memberships again (ENG-REF-11); an object that is new to the delta may have been sent on demand (ENG-POD-08).
  const isForced = arrival === "found" || (isFull && context.kind === "initial")
  const isWhole = isForced || isFull || arrival === "returned"
  const affected = run.plan.references.filter((one) => isWhole || changedReferences.has(one.sourceAttribute))
  if (affected.length === 0) return
  store.atomically(() => {
    for (const reference of affected) {
      const { path } = reference
      for (const memberId of membersToNote(context, run, reference, isWhole)) {
        store.references.addPending({ ownerType: objectType, ownerId: objectId, path, memberId, isForced })
        context.counts.importedReferences += 1
      }
    }
  })
}

/** Lets the references step look at the object, also for what an earlier cycle could not send. `target`: as it was just read or made. */
export function queueReferences({ store }: CycleContext, run: LiveRun, target: TargetResource): void {
  const { objectType, objectId } = run.item
  if (run.plan.actions.has("Update") && store.references.hasPending(objectType, objectId))
    store.references.queueOwner(objectType, objectId, currentOf(run, target))
}

/** A single reference is one item, if it points at somebody or did so when it was last sent; of a membership, each member. */
function* membersToNote(
  { source, store, since, until, onDemand }: CycleContext,
  { item, entry }: LiveRun,
  reference: PlannedReference,
  isWhole: boolean,
): Generator<string> {
  if (!reference.isMultiValued) {
    const isSet = entry.attributes.read(reference.sourceAttribute) !== null
    if (isSet || store.references.allSent(item.objectId, reference.path).length > 0) yield ""
  } else if (isWhole) {
    yield* source.memberIds(item.objectId)
    for (const { memberId } of store.references.allSent(item.objectId, reference.path)) yield memberId
  } else if (onDemand !== null) {
    yield* onDemand.members
  } else {
    for (const { memberId } of source.memberChanges(item.objectId, since, until)) yield memberId
  }
}

function currentOf({ plan }: LiveRun, { attributes }: TargetResource): Record<string, string> {
  return Object.fromEntries(
    plan.references.flatMap(({ path, isMultiValued }) => {
      const targetId = isMultiValued ? undefined : readReference(attributes, path)
      return targetId === undefined ? [] : [[path, targetId] as const]
    }),
  )
}

/** Writes the references of every object that this cycle queued: those of one object in sequence (RES-05), several objects at a time. */
export async function resolveReferences(context: CycleContext): Promise<void> {
  await eachOf(context.store.references.takeQueued(), context, (queued) => writeReferences(context, queued))
}

async function writeReferences(context: CycleContext, queued: QueuedOwner): Promise<void> {
  const { store, source } = context
  const { ownerType, ownerId } = queued
  const link = store.link(ownerType, ownerId)
  const entry = source.entry(ownerType, ownerId)
  if (link === null || entry === null || link.state !== "active") return
  const plan = context.plan[ownerType]
  const owner: ReferenceOwner = { ...queued, link, entry, plan }
  const progress = newProgress()
  for (const reference of plan.references) {
    if (reference.isMultiValued) await writeMembers(context, owner, reference, progress)
    else await writeSingleReference(context, owner, reference, progress)
  }
  record(context, owner, progress)
}

/** One log entry for all references of one object (ENG-REF-07; how unresolved ones count: inferred). */
function record(context: CycleContext, owner: ReferenceOwner, progress: ReferenceProgress): void {
  const { ownerType, ownerId, entry, link, isExported } = owner
  const { modified, unresolved, error } = progress
  const begun = beginRun(context, { objectType: ownerType, objectId: ownerId }, entry, link)
  // An owner without an entry of its own tells here how it came so far.
  const run = owner.steps.length === 0 ? begun : { ...begun, steps: [...owner.steps] }
  const { steps, subject } = run
  for (const [path, ids] of unresolved) steps.push(unresolvedStep(subject, path, ids))
  const outcome = { targetId: link.targetId, modifiedProperties: modified, concerns: "reference" } as const
  if (error !== null) {
    steps.push(exportStep(subject, "update", error))
    context.record(run, { ...outcome, action: "update", status: "failure", error })
  } else if (modified.length > 0) {
    steps.push(exportStep(subject, "update"))
    context.record(run, { ...outcome, action: "update", status: unresolved.size > 0 ? "warning" : "success" })
  } else if (unresolved.size > 0) {
    const result = isExported ? ({ action: "update", status: "warning" } as const) : NOTHING_SENT
    context.record(run, { ...outcome, ...result })
  } else if (isExported) {
    context.settle(ownerType, ownerId, "reference")
  } else {
    steps.push(skipStep(subject, "RedundantExport"))
    context.record(run, { ...outcome, ...NOTHING_SENT })
  }
}

const NOTHING_SENT = { action: "other", status: "skipped" } as const
