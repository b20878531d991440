/**
 * Export: the writes for one object: create, update (a disable is one), delete. A refused write is logged and goes to escrow;
 * it never stops the cycle (ENG-RETRY-01, documented).
 */
import { readValue } from "../dialect/resource-read.ts"
import type { AttributeChange, Json, JsonObject } from "../dialect/dialect.ts"
import { differences } from "../dialect/difference.ts"
import { isRefusal, type ProvisioningError } from "../dialect/errors.ts"
import { interpretCreate, interpretDelete, interpretUpdate, type TargetResource } from "../dialect/interpret.ts"
import type { LogModifiedProperty } from "../log/entry.ts"
import { exportStep, skipStep } from "../log/steps.ts"
import type { MatchingValue } from "../mapping/matching.ts"
import type { CycleContext, LiveRun, ObjectRun } from "./context.ts"
import { project, type Projection, sourceOf } from "./desired.ts"
import { takenError } from "./matching.ts"
import { noteReferences, queueReferences } from "./references.ts"
import type { Link } from "./store.ts"

type ExportAction = "create" | "update" | "disable" | "delete"

/**
 * Creates the object, without references, and links it (WIRE-082, -092, ENG-MATCH-06). `matching`: what it will be found by, noted
 * before the request is sent, so that no create is ever lost.
 */
export async function createObject(
  context: CycleContext,
  run: LiveRun,
  matching: readonly MatchingValue[],
): Promise<void> {
  const { objectType, objectId } = run.item
  const projection = projected(context, run, null, true)
  if (projection.kind === "failed") return failObject(context, run, "create", projection.error)
  if (projection.kind === "missing") return skipIncomplete(context, run, projection.path)
  const { values } = projection
  const note = (): void => context.store.setUnconfirmedCreate(objectType, objectId, matching)
  const outcome = interpretCreate(await context.exchange(context.composer.create(objectType, values), note))
  if (outcome.kind === "failed") {
    if (isRefusal(outcome.error)) context.store.removeUnconfirmedCreate(objectType, objectId)
    return failObject(context, run, "create", outcome.error)
  }
  const { resource } = outcome
  // Another worker may have found it by its name before this answer came.
  const taken = takenError(context, run.item, resource.id)
  if (taken !== null) {
    context.store.removeUnconfirmedCreate(objectType, objectId)
    return failObject(context, run, "create", taken)
  }
  const displayName = run.entry.displayName
  run.steps.push(exportStep(run.subject, "create"))
  // All at once: killed before this, the job finds the object by matching (RES-03); after it, nothing is left to remember.
  context.store.atomically(() => {
    context.store.addLink({ objectType, sourceId: objectId, targetId: resource.id, displayName, state: "active" })
    noteReferences(context, run, "found")
    queueReferences(context, run, resource)
    context.record(run, {
      action: "create",
      status: "success",
      targetId: resource.id,
      modifiedProperties: [
        ...sourceProperties(run),
        ...values.map(({ path, value, redacted }) => modified(path, { oldValue: null, newValue: value, redacted })),
      ],
    })
  })
}

/** What a create shows of the source beside what was written (ENG-LOG-12, observed). */
function sourceProperties({ entry, plan }: LiveRun): LogModifiedProperty[] {
  const source = sourceOf(entry, true)
  return plan.shown.flatMap((name) => {
    const value = source.read(name)
    if (value === null || value.length === 0) return []
    return [modified(name, { oldValue: null, newValue: value, redacted: plan.redacted.has(name) })]
  })
}

/**
 * Patches what differs. `link` is what the object's link becomes once that is done; `inScope` false means that IsSoftDeleted is
 * true, so that the difference is a disable (ENG-DEPROV-02, documented).
 */
export async function updateObject(
  context: CycleContext,
  run: LiveRun,
  link: Link,
  resource: TargetResource,
  inScope: boolean,
): Promise<void> {
  const { objectType, targetId } = link
  const projection = projected(context, run, resource.attributes, inScope)
  if (projection.kind === "failed") return failObject(context, run, "update", projection.error, targetId)
  const changes = projection.kind === "values" ? differences(projection.values, resource.attributes) : []
  if (changes.length === 0) {
    context.store.setLink(link)
    // The references step says how a change of references ended; until then there is nothing to report.
    if (!context.store.references.isQueued(objectType, link.sourceId)) return skipRedundant(context, run, targetId)
    context.settle(objectType, link.sourceId, "object")
    return context.store.references.setQueuedSteps(objectType, link.sourceId, run.steps)
  }
  if (!run.plan.actions.has("Update")) {
    run.steps.push(skipStep(run.subject, "ActionNotAllowed"))
    return context.record(run, { action: "update", status: "skipped", targetId })
  }
  const isDisable = !inScope && changes.some(({ path }) => run.plan.softDeletePaths.has(path))
  const action = isDisable ? "disable" : "update"
  const outcome = interpretUpdate(await context.exchange(context.composer.update(objectType, targetId, changes)))
  if (outcome.kind === "failed") return failObject(context, run, action, outcome.error, targetId)
  run.steps.push(exportStep(run.subject, action))
  const values = projection.kind === "values" ? projection.values : []
  const hidden = new Set(values.filter(({ redacted }) => redacted).map(({ path }) => path))
  const modifiedProperties = changes.map((change) => modifiedBy(change, resource.attributes, hidden))
  context.store.atomically(() => {
    context.store.setLink(link)
    context.store.references.markExported(objectType, link.sourceId)
    context.record(run, { action, status: "success", targetId, modifiedProperties })
  })
}

/** Deletes the object and forgets the link. What is gone already counts as deleted (ENG-MATCH-10). */
export async function deleteObject(context: CycleContext, run: ObjectRun, link: Link): Promise<void> {
  const { objectType, sourceId, targetId } = link
  const outcome = interpretDelete(await context.exchange(context.composer.remove(objectType, targetId)))
  if (outcome.kind === "failed") return failObject(context, run, "delete", outcome.error, targetId)
  run.steps.push(exportStep(run.subject, "delete"))
  context.store.atomically(() => {
    context.store.removeLink(objectType, sourceId)
    context.record(run, { action: "delete", status: "success", targetId })
  })
}

/** The object failed: logged, and into escrow. */
export function failObject(
  context: CycleContext,
  run: ObjectRun,
  action: ExportAction,
  error: ProvisioningError,
  targetId = "",
): void {
  run.steps.push(exportStep(run.subject, action, error))
  context.record(run, { action, status: "failure", targetId, error })
}

function skipRedundant(context: CycleContext, run: LiveRun, targetId: string): void {
  run.steps.push(skipStep(run.subject, "RedundantExport"))
  context.record(run, { action: "other", status: "skipped", targetId })
}

/** ENG-MAP-08, observed: a required attribute without a value stops the create. */
function skipIncomplete(context: CycleContext, run: LiveRun, path: string): void {
  run.steps.push(skipStep(run.subject, "AttributeValidationFailed", { PropertyName: path }))
  context.record(run, { action: "create", status: "skipped", targetId: "" })
}

function projected(context: CycleContext, run: LiveRun, current: JsonObject | null, inScope: boolean): Projection {
  const { dialect, evaluation, settings } = context
  return project(run.entry, {
    plan: run.plan,
    dialect,
    evaluation,
    current,
    inScope,
    emptyString: settings.emptyString,
    singleRolePatch: settings.wire.singleRolePatch,
    switchDefaultNull: settings.switchDefaultNull ? run.item.changedAttributes : null,
  })
}

function modifiedBy(
  { path, value }: AttributeChange,
  current: JsonObject,
  hidden: ReadonlySet<string>,
): LogModifiedProperty {
  return modified(path, { oldValue: readValue(current, path) ?? null, newValue: value, redacted: hidden.has(path) })
}

/** What the log shows in the place of a value (FN-REDACT-1, documented). */
const REDACTED = "[Redact]"

function modified(
  displayName: string,
  { oldValue, newValue, redacted }: { readonly oldValue: Json; readonly newValue: Json; readonly redacted: boolean },
): LogModifiedProperty {
  const shown = (value: Json): string | null => (redacted && value !== null ? REDACTED : toText(value))
  return { displayName, oldValue: shown(oldValue), newValue: shown(newValue) }
}

/** Log values are texts (GRAPH-811): booleans as the expressions write them. */
function toText(value: Json): string | null {
  if (value === null || typeof value === "string") return value
  if (typeof value === "boolean") return value ? "True" : "False"
  return JSON.stringify(value)
}
