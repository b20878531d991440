/**
 * Prevention of accidental deletions (ENG-DEL-01 to -07): when one cycle would disable or delete more objects than allowed, none of
 * them is touched; they are staged, and the job goes into quarantine until the deletions are allowed or their cause is undone.
 */
import type { CycleContext, ImportedObject } from "./context.ts"
import { importObjects } from "./import.ts"
import type { QuarantineCause } from "./quarantine.ts"
import { afterPurge, decideScope, deprovisioning } from "./scoping.ts"

/**
 * Whether this cycle would de-provision too many; looks at everything that it imports and sends nothing (ENG-DEL-05, inferred:
 * counted before any is exported). Per cycle, never summed up over cycles (ENG-DEL-03, documented).
 */
export function exceedsThreshold(context: CycleContext): boolean {
  const { deleteThreshold, thresholdInclusive } = context.settings
  if (deleteThreshold === null) return false
  // RES-16: more than the threshold trips it; by switch, reaching it does.
  const allowed = thresholdInclusive ? deleteThreshold - 1 : deleteThreshold
  let count = 0
  for (const type of ["User", "Group"] as const) {
    if (!context.plan[type].mapping.enabled) continue
    for (const item of importObjects(context, type)) {
      if (isDeprovisioned(context, item)) count += 1
      if (count > allowed) return true
    }
  }
  return false
}

/** ENG-DEL-02, documented: users to be disabled or deleted, groups to be deleted. */
function isDeprovisioned({ store, source, plan, settings, kind }: CycleContext, item: ImportedObject): boolean {
  const { objectType, objectId } = item
  // Whose create was sent and not confirmed may be there, and would be found by name (RES-03).
  const isUnconfirmed = (): boolean => store.unconfirmedCreate(objectType, objectId) !== null
  const state = store.link(objectType, objectId)?.state ?? (isUnconfirmed() ? "active" : "unmanaged")
  if (state === "unmanaged") return false
  const entry = source.entry(objectType, objectId)
  if (entry === null) return afterPurge(plan[objectType], settings).kind === "delete"
  const scope = decideScope(entry, plan[objectType], settings)
  if (scope.inScope || scope.isLeftAlone || state !== "active") return false
  const input = { state, plan: plan[objectType], settings, cycle: kind }
  return deprovisioning(scope, input).kind !== "skip"
}

export const TOO_MANY_DELETES: QuarantineCause = {
  reason: "TooManyDeletes",
  error: {
    code: "TooManyDeletes",
    message:
      "More objects would be disabled or deleted than the threshold allows. Allow the deletes, or undo their cause.",
    tenantActionable: true,
  },
}
