/**
 * Scoping: whether an object is the job's business, and what to do with one that no longer is (ENG-SCOPE-09, -10, ENG-DEPROV-01
 * to -10). Pure.
 */
import type { ScopeDetails, SkipReason } from "../log/steps.ts"
import { evaluateScope, type FilterResult } from "../mapping/scoping.ts"
import type { CycleKind } from "./context.ts"
import type { ObjectPlan } from "./mapping-plan.ts"
import type { JobSettings } from "./settings.ts"
import type { SourceEntry } from "./source.ts"
import type { LinkState } from "./store.ts"

/** The decision with its four inputs. */
export interface ScopeDecision extends ScopeDetails {
  /** False is what the computed IsSoftDeleted calls true: unassigned, filtered out, blocked or in the recycle bin. */
  readonly inScope: boolean
  /** Assigned and not filtered out: still the job's, even while blocked or in the recycle bin. */
  readonly isEntitled: boolean
  readonly isDeleted: boolean
  /** Kept out by an experimental filter set that de-provisions nobody (SCOPE-03). */
  readonly isLeftAlone: boolean
}

export function decideScope(entry: SourceEntry, plan: ObjectPlan, settings: JobSettings): ScopeDecision {
  const isAssigned = settings.syncAll || entry.isAssigned
  const filter = evaluateScope(plan.mapping, entry.attributes, settings.scopingSwitches)
  const filterPassed = filter.outcome === "inScope"
  const isEntitled = isAssigned && filterPassed
  return {
    isActive: entry.isActive,
    isAssigned,
    // Any role is a role since 2020, the default access included (ENG-SCOPE-07, documented).
    hasRole: isAssigned,
    filterPassed,
    evaluation: toEvaluationText(filter.filters),
    isEntitled,
    isDeleted: entry.isDeleted,
    isLeftAlone: filter.outcome === "notRead" || filter.outcome === "notMapped",
    inScope: entry.isActive && isEntitled,
  }
}

/** GRAPH-814, observed: each clause with its result, as JSON text; `{}` without a filter. */
function toEvaluationText(filters: readonly FilterResult[]): string {
  const results = filters.flatMap(({ name, clauses }) =>
    clauses.map(({ clause, passed }) => {
      const values = clause.values.map((value) => `'${value}'`).join(", ")
      return [`${name}.${clause.attribute} ${clause.operator} ${values}`.trim(), passed] as const
    }),
  )
  return JSON.stringify(Object.fromEntries(results))
}

/** What a linked object that is out of scope gets. */
export type Deprovisioning =
  | { readonly kind: "disable" }
  | { readonly kind: "delete" }
  | { readonly kind: "skip"; readonly reason: SkipReason }

/** What the decision about a linked object rests on beside its scope. */
export interface DeprovisioningInput {
  /** Of the object's link until now. */
  readonly state: LinkState
  readonly plan: ObjectPlan
  readonly settings: JobSettings
  readonly cycle: CycleKind
}

/** Table 16.2, rows 15 to 28 and 37. */
export function deprovisioning(
  scope: ScopeDecision,
  { state, plan, settings, cycle }: DeprovisioningInput,
): Deprovisioning {
  if (state === "unmanaged") return skip("NotEffectivelyEntitled")
  if (settings.skipOutOfScopeDeletions && !isSentAnyway(scope, settings)) return skip("SkipOutOfScopeDeletions")
  if (cycle === "initial" && !settings.restartDisables) return skip("NotEffectivelyEntitled")
  if (plan.mapping.objectType === "Group" || !settings.supportsSoftDelete) {
    return plan.actions.has("Delete") ? { kind: "delete" } : skip("ActionNotAllowed")
  }
  if (plan.softDeletePaths.size === 0) return skip("SoftDeleteNotMapped")
  return plan.actions.has("Update") ? { kind: "disable" } : skip("ActionNotAllowed")
}

/** RES-08: by switch SkipOutOfScopeDeletions lets through who is blocked or in the recycle bin. */
function isSentAnyway(scope: ScopeDecision, { sentAnyway }: JobSettings): boolean {
  return scope.isEntitled && (scope.isDeleted ? sentAnyway.softDeleted : sentAnyway.blocked)
}

/** Rows 21, 25, 26 and 28: what a managed object that is gone for good gets. */
export function afterPurge(plan: ObjectPlan, settings: JobSettings): Deprovisioning {
  if (!plan.actions.has("Delete")) return skip("ActionNotAllowed")
  if (settings.sentAnyway.purged) return { kind: "delete" }
  if (settings.skipOutOfScopeDeletions) return skip("SkipOutOfScopeDeletions")
  return plan.softDeletePaths.size === 0 ? skip("SoftDeleteNotMapped") : { kind: "delete" }
}

/** What becomes of the link once that is done (ENG-DEPROV-07): only who is still entitled stays managed. */
export function stateOutOfScope(scope: ScopeDecision): LinkState {
  return scope.isEntitled ? "inactive" : "unmanaged"
}

function skip(reason: SkipReason): Deprovisioning {
  return { kind: "skip", reason }
}
