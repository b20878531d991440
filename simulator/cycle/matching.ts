/**
 * Matching: which object of the target belongs to an object of the source that has no link yet (ENG-MATCH-01 to -05).
 */
import { ERROR_CODES, type ProvisioningError } from "../dialect/errors.ts"
import { interpretSearch, type TargetResource } from "../dialect/interpret.ts"
import type { CycleContext, LiveRun } from "./context.ts"
import type { MatchingValue } from "../mapping/matching.ts"

export type MatchOutcome =
  | { readonly kind: "none" }
  | { readonly kind: "one"; readonly resource: TargetResource }
  | { readonly kind: "failed"; readonly error: ProvisioningError }

/** Asks for one matching attribute after another and stops at the first that finds something (WIRE-046). */
export async function match(
  context: CycleContext,
  { item }: LiveRun,
  values: readonly MatchingValue[],
): Promise<MatchOutcome> {
  for (const { target: path, value } of values) {
    const outcome = interpretSearch(await context.exchange(context.composer.search(item.objectType, path, value)))
    if (outcome.kind === "failed") return outcome
    const [resource, ...others] = outcome.resources
    if (resource === undefined) continue
    if (others.length > 0) return severalTargets(path, outcome.resources.length)
    if (isTaken(context, item.objectId, item.objectType, resource.id)) return severalSources(path)
    return { kind: "one", resource }
  }
  return { kind: "none" }
}

/** ENG-MATCH-05: linked already to another object that still exists. */
function isTaken(
  { store, source }: CycleContext,
  sourceId: string,
  objectType: "User" | "Group",
  targetId: string,
): boolean {
  return store
    .linksByTarget(objectType, targetId)
    .some((link) => link.sourceId !== sourceId && source.entry(objectType, link.sourceId) !== null)
}

function severalTargets(path: string, count: number): MatchOutcome {
  return failed(ERROR_CODES.duplicateTargetEntries, `${count} objects in the target have this ${path}.`)
}

function severalSources(path: string): MatchOutcome {
  return failed(
    ERROR_CODES.duplicateSourceEntries,
    `The object found by ${path} is linked to another object of the source.`,
  )
}

function failed(code: string, reason: string): MatchOutcome {
  return { kind: "failed", error: { code, reason, category: "nonServiceFailure", httpStatus: null } }
}
