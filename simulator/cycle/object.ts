/**
 * One object through the steps of a cycle: scoping, matching or reading, export. Which steps, and in which order they are
 * logged, depends on whether the object is linked (ENG-LOG-06, observed).
 */
import { ERROR_CODES } from "../dialect/errors.ts"
import { interpretRead, type TargetResource } from "../dialect/interpret.ts"
import type { LogStep } from "../log/entry.ts"
import { matchFailedStep, noMatchStep, scopingStep, type SkipReason, skipStep, targetReadStep } from "../log/steps.ts"
import type { MatchingValue } from "../mapping/matching.ts"
import type { CycleContext, ImportedObject, LiveRun, ObjectRun } from "./context.ts"
import { matchingFor } from "./desired.ts"
import { createObject, deleteObject, failObject, updateObject } from "./export.ts"
import { match, type MatchOutcome, matchUnconfirmed, takenError } from "./matching.ts"
import { beginRun } from "./object-run.ts"
import { noteReferences, queueReferences } from "./references.ts"
import {
  afterPurge,
  decideScope,
  type Deprovisioning,
  deprovisioning,
  type ScopeDecision,
  stateOutOfScope,
} from "./scoping.ts"
import type { Link } from "./store.ts"

/** Brings one object's target in step with it, as far as scope, mappings and the target allow. Ends with a log entry. */
export async function provision(context: CycleContext, item: ImportedObject): Promise<void> {
  const link = context.store.link(item.objectType, item.objectId)
  const entry = context.source.entry(item.objectType, item.objectId)
  const run = beginRun(context, item, entry, link)
  context.counts.imported += 1
  if (entry === null) return removePurged(context, run, link)
  const live: LiveRun = { ...run, item, entry }
  const decided = decideScope(entry, live.plan, context.settings)
  const scope = { ...decided, syncAll: context.settings.syncAll && context.onDemand !== null }
  if (scope.inScope) context.counts.inScope += 1
  if (link === null) return enterScope(context, live, scope)
  return scope.inScope ? keepInStep(context, live, scope, link) : leaveScope(context, live, scope, link)
}

const LEFT_ALONE: Deprovisioning = { kind: "skip", reason: "NotEffectivelyEntitled" }

/** Rows 21, 22 and 28: gone for good; deleted in the target if it is still ours. */
async function removePurged(context: CycleContext, run: ObjectRun, link: Link | null): Promise<void> {
  const { store } = context
  const { objectType, objectId } = run.item
  if (link === null) {
    const lost = await matchUnconfirmed(context, run.item, null)
    if (lost.kind === "failed") return failObject(context, run, "delete", lost.error)
    if (lost.kind === "one") return removePurged(context, run, adopt(context, run, lost.resource))
    store.removeUnconfirmedCreate(objectType, objectId)
  }
  const isManaged = link !== null && link.state !== "unmanaged"
  const decision = isManaged ? afterPurge(run.plan, context.settings) : LEFT_ALONE
  if (isManaged && decision.kind === "delete") {
    return context.holdsDeletions ? hold(context, run, link) : deleteObject(context, run, link)
  }
  if (link !== null) store.removeLink(link.objectType, link.sourceId)
  const reason = decision.kind === "skip" ? decision.reason : "NotEffectivelyEntitled"
  skip(context, run, "delete", reason, link?.targetId)
}

/** An object without a link: created, matched, or none of the job's business. */
async function enterScope(context: CycleContext, run: LiveRun, scope: ScopeDecision): Promise<void> {
  const matching = matchingFor(run.entry, { plan: run.plan, evaluation: context.evaluation })
  if (matching.kind === "failed") return failObject(context, run, "create", matching.error)
  const lost = await matchUnconfirmed(context, run.item, scope.inScope ? matching.values : null)
  if (lost.kind === "failed") return failObject(context, run, "create", lost.error)
  if (lost.kind === "one") {
    if (scope.inScope) return linkAndUpdate(context, run, scope, lost.resource)
    return leaveScope(context, run, scope, adopt(context, run, lost.resource))
  }
  if (matching.values.length === 0) return skip(context, run, "create", "ImportSkipped")
  if (!scope.inScope) {
    context.store.removeUnconfirmedCreate(run.item.objectType, run.item.objectId)
    run.steps.push(scopingStep(run.subject, scope))
    return skip(context, run, "create", "NotEffectivelyEntitled")
  }
  return matchAndExport(context, run, scope, matching.values)
}

async function matchAndExport(
  context: CycleContext,
  run: LiveRun,
  scope: ScopeDecision,
  values: readonly MatchingValue[],
): Promise<void> {
  const outcome = await match(context, run.item, values)
  if (outcome.kind === "failed") {
    run.steps.push(scopingStep(run.subject, scope), matchFailed(run, outcome))
    return failObject(context, run, "create", outcome.error)
  }
  if (outcome.kind === "one") return linkAndUpdate(context, run, scope, outcome.resource)
  run.steps.push(scopingStep(run.subject, scope), noMatchStep(run.subject))
  if (!run.plan.actions.has("Add")) return skip(context, run, "create", "ActionNotAllowed")
  return createObject(context, run, values)
}

/** Row 3: found, so it is linked, and brought in step. */
async function linkAndUpdate(
  context: CycleContext,
  run: LiveRun,
  scope: ScopeDecision,
  resource: TargetResource,
): Promise<void> {
  const link = linked(run, resource.id, "active")
  run.steps.push(targetRead(run, resource), scopingStep(run.subject, scope))
  // Another worker may have linked it since it was found.
  const taken = takenError(context, run.item, resource.id)
  if (taken !== null) return failObject(context, run, "create", taken)
  // At once: a link without what is still to be sent of it would never be completed.
  context.store.atomically(() => {
    claim(context, link)
    noteReferences(context, run, "found")
    queueReferences(context, run, resource)
  })
  return updateObject(context, run, link, resource, true)
}

/**
 * Links an object that was found. Who was linked to it before is gone for good, or it would be taken (ENG-MATCH-05); their deletion, if
 * it is still to be seen, is not for the new owner.
 */
function claim({ store }: CycleContext, link: Link): void {
  for (const { objectType, sourceId } of store.linksByTarget(link.objectType, link.targetId)) {
    if (sourceId !== link.sourceId) store.removeLink(objectType, sourceId)
  }
  store.setLink(link)
}

/** Links what a lost create left, so that it can be de-provisioned. */
function adopt(context: CycleContext, { item, subject }: ObjectRun, { id }: TargetResource): Link {
  const { objectType, objectId } = item
  const link = {
    objectType,
    sourceId: objectId,
    targetId: id,
    displayName: subject.displayName,
    state: "active",
  } as const
  claim(context, link)
  return link
}

/** A linked object in scope: read, compared, and patched where it differs (ENG-MATCH-06, -09, -12). */
async function keepInStep(context: CycleContext, run: LiveRun, scope: ScopeDecision, link: Link): Promise<void> {
  const current = linked(run, link.targetId, "active")
  // Before anything can fail: a retry looks at the object as it is then, and no delta names its references again. Others may refer to it.
  // Whose disable or deletion was held back has been away, too: nothing of it was sent (decision 0011).
  const wasAway = link.state !== "active" || context.store.isStaged(link.objectType, link.sourceId)
  context.store.atomically(() => {
    noteReferences(context, run, wasAway ? "returned" : "kept")
    context.store.setLink(current)
  })
  const outcome = interpretRead(await context.exchange(context.composer.read(link.objectType, link.targetId)))
  if (outcome.kind === "failed") return failObject(context, run, "update", outcome.error, link.targetId)
  if (outcome.kind === "gone") return rematch(context, run, scope, link)
  run.steps.push(targetRead(run, outcome.resource), scopingStep(run.subject, scope))
  queueReferences(context, run, outcome.resource)
  return updateObject(context, run, current, outcome.resource, true)
}

/** RES-07: the linked object is gone, so it is looked up and made anew where it is not found. */
async function rematch(context: CycleContext, run: LiveRun, scope: ScopeDecision, link: Link): Promise<void> {
  if (context.settings.vanishedTarget === "invalidAnchor") {
    const reason = "The linked object no longer exists in the target."
    const error = { code: ERROR_CODES.invalidAnchor, reason, category: "nonServiceFailure", httpStatus: 404 } as const
    return failObject(context, run, "update", error, link.targetId)
  }
  context.store.removeLink(link.objectType, link.sourceId)
  return enterScope(context, run, scope)
}

/** A linked object out of scope: disabled, deleted or let go of (table 16.2, rows 15 to 28 and 37). */
async function leaveScope(context: CycleContext, run: LiveRun, scope: ScopeDecision, link: Link): Promise<void> {
  const state = stateOutOfScope(scope)
  const { settings, kind: cycle } = context
  const input = { state: link.state, plan: run.plan, settings, cycle }
  const decision = scope.isLeftAlone ? LEFT_ALONE : deprovisioning(scope, input)
  if (decision.kind !== "skip" && context.holdsDeletions && link.state === "active") {
    run.steps.push(scopingStep(run.subject, scope))
    return hold(context, run, link)
  }
  // From now on nothing refers to it, and should it come back before this succeeds, it has been away.
  if (decision.kind !== "skip" && link.state === "active") context.store.setLink({ ...link, state: "inactive" })
  if (decision.kind === "delete") {
    run.steps.push(scopingStep(run.subject, scope))
    return deleteObject(context, run, link)
  }
  if (decision.kind === "skip") {
    if (link.state !== "unmanaged") context.store.setLink({ ...link, state })
    run.steps.push(scopingStep(run.subject, scope))
    return skip(context, run, "other", decision.reason, link.targetId)
  }
  const outcome = interpretRead(await context.exchange(context.composer.read(link.objectType, link.targetId)))
  if (outcome.kind === "failed") return failObject(context, run, "disable", outcome.error, link.targetId)
  if (outcome.kind === "gone") {
    context.store.removeLink(link.objectType, link.sourceId)
    return skip(context, run, "other", "NotEffectivelyEntitled", link.targetId)
  }
  run.steps.push(targetRead(run, outcome.resource), scopingStep(run.subject, scope))
  return updateObject(context, run, linked(run, link.targetId, state), outcome.resource, false)
}

/** Row 44: too many in this cycle, so this one is staged and nothing is sent (ENG-DEL-04, documented). */
function hold(context: CycleContext, run: ObjectRun, link: Link): void {
  run.steps.push(skipStep(run.subject, "TooManyDeletes"))
  context.record(run, { action: "stagedDelete", status: "skipped", targetId: link.targetId })
}

function linked({ item, entry }: LiveRun, targetId: string, state: Link["state"]): Link {
  return { objectType: item.objectType, sourceId: item.objectId, targetId, displayName: entry.displayName, state }
}

function targetRead({ subject }: LiveRun, { id, attributes }: TargetResource): LogStep {
  const details: Record<string, string> = { id }
  for (const name of ["displayName", "userName", "externalId"]) {
    const value = attributes[name]
    if (typeof value === "string") details[name] = value
  }
  return targetReadStep(details["displayName"] ?? subject.displayName, details)
}

function matchFailed({ subject }: LiveRun, { error, found }: Extract<MatchOutcome, { kind: "failed" }>): LogStep {
  return matchFailedStep(subject, { errorCode: error.code, reason: error.reason, found })
}

function skip(
  context: CycleContext,
  run: ObjectRun,
  action: "create" | "delete" | "other",
  skipReason: SkipReason,
  targetId = "",
): void {
  run.steps.push(skipStep(run.subject, skipReason))
  context.record(run, { action, status: "skipped", targetId })
}
