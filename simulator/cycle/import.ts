/**
 * Import: what the directory reports, as a queue of objects to look at: each once per cycle, among them escrows that fell due
 * and deletions held back (ENG-CYCLE-02, -03, -05, ENG-DELTA-03 to -08).
 */
import type { ObjectChange } from "../directory/model.ts"
import type { ObjectType } from "../mapping/model.ts"
import type { CycleContext, ImportedObject } from "./context.ts"
import type { ObjectPlan } from "./mapping-plan.ts"

/** Kinds of change that matter whatever attributes they name. */
const LIFE_EVENTS = ["created", "softDeleted", "restored", "purged"] as const
const NOTHING: ReadonlySet<string> = new Set()

/** The objects of one type that this cycle looks at. */
export function* importObjects(context: CycleContext, objectType: ObjectType): Generator<ImportedObject> {
  const { store, startedMs } = context
  const imported = context.kind === "initial" ? everything(context, objectType) : changed(context, objectType)
  const escrowed = store.dueEscrows(objectType, startedMs).map((escrow) => escrow.objectId)
  const due = new Set([...escrowed, ...store.staged(objectType)])
  for (const item of imported) {
    due.delete(item.objectId)
    yield item
  }
  for (const objectId of due)
    yield { objectType, objectId, isFull: false, changedReferences: NOTHING, changedAttributes: null }
}

/** A fresh delta shows what is alive; what was deleted before it is not shown (ENG-DELTA-06, documented). */
function* everything({ source }: CycleContext, objectType: ObjectType): Generator<ImportedObject> {
  for (const objectId of source.everything(objectType)) {
    yield { objectType, objectId, isFull: true, changedReferences: NOTHING, changedAttributes: null }
  }
}

function* changed(context: CycleContext, objectType: ObjectType): Generator<ImportedObject> {
  const plan = context.plan[objectType]
  const references = new Set(plan.references.map((reference) => reference.sourceAttribute))
  for (const change of context.source.changes(context.since, context.until)) {
    if (change.objectType !== objectType || !matters(change, plan, context) || isLost(change, context)) continue
    yield {
      objectType,
      objectId: change.objectId,
      // What comes back is delivered whole, as a new object is (ENG-DELTA-02).
      isFull: change.kinds.has("created") || change.kinds.has("restored"),
      changedReferences: change.attributes.intersection(references),
      changedAttributes: change.attributes,
    }
  }
}

/** ENG-DEPROV-14: by switch, the one report of a purge that came too soon to be seen. */
function isLost({ kinds }: ObjectChange, { settings }: CycleContext): boolean {
  return settings.purgeInOneInterval === "lost" && kinds.has("softDeleted") && kinds.has("purged")
}

/** ENG-DELTA-03: only tracked attributes surface an object; ENG-DELTA-08: so does its entitlement to this application. */
function matters(change: ObjectChange, plan: ObjectPlan, { source, settings }: CycleContext): boolean {
  if (settings.untrackedChanges === "imported") return true
  if (LIFE_EVENTS.some((kind) => change.kinds.has(kind))) return true
  if (change.applicationIds.has(source.applicationId)) return true
  return !change.attributes.isDisjointFrom(plan.tracked)
}
