/**
 * Matching: which object of the target belongs to an object of the source that has no link yet (ENG-MATCH-01 to -05).
 */
import { ERROR_CODES, type ProvisioningError } from "../dialect/errors.ts"
import { interpretSearch, type TargetResource } from "../dialect/interpret.ts"
import type { CycleContext, ObjectName } from "./context.ts"
import type { MatchingValue } from "../mapping/matching.ts"

export type MatchOutcome =
  | { readonly kind: "none" }
  | { readonly kind: "one"; readonly resource: TargetResource }
  /** `found`: ids of the objects that stood in the way. */
  | { readonly kind: "failed"; readonly error: ProvisioningError; readonly found: readonly string[] }

/** Asks for one matching attribute after another and stops at the first that finds something (WIRE-046). */
export async function match(
  context: CycleContext,
  item: ObjectName,
  values: readonly MatchingValue[],
): Promise<MatchOutcome> {
  for (const { target: path, value } of values) {
    const outcome = interpretSearch(await context.exchange(context.composer.search(item.objectType, path, value)))
    if (outcome.kind === "failed") return { ...outcome, found: [] }
    const [resource, ...others] = outcome.resources
    if (resource === undefined) continue
    const found = outcome.resources.map(({ id }) => id)
    if (others.length > 0) return severalTargets(path, found)
    const error = takenError(context, item, resource.id)
    if (error !== null) return { kind: "failed", error, found }
    return { kind: "one", resource }
  }
  return { kind: "none" }
}

/**
 * Looks for what a create may have left whose answer was never stored, by the values that were sent: the person may have been
 * renamed, or have left, since then. RES-03 says so of a retry; that it holds for those who left is ours.
 */
export async function matchUnconfirmed(
  context: CycleContext,
  item: ObjectName,
  current: readonly MatchingValue[] | null,
): Promise<MatchOutcome> {
  const values = context.store.unconfirmedCreate(item.objectType, item.objectId)
  // Whoever is still in scope under the same name is found on the ordinary way.
  if (values === null || JSON.stringify(values) === JSON.stringify(current)) return { kind: "none" }
  const outcome = await match(context, item, values)
  // By now it is somebody else's, who found it by that name.
  const isTaken = outcome.kind === "failed" && outcome.error.code === ERROR_CODES.duplicateSourceEntries
  return isTaken ? { kind: "none" } : outcome
}

/** ENG-MATCH-05: why an object that was found can't be linked: it is linked to another that still exists; null where it can. */
export function takenError(
  { store, source }: CycleContext,
  { objectType, objectId }: ObjectName,
  targetId: string,
): ProvisioningError | null {
  const isTaken = store
    .linksByTarget(objectType, targetId)
    .some((link) => link.sourceId !== objectId && source.entry(objectType, link.sourceId) !== null)
  if (!isTaken) return null
  return toError(
    ERROR_CODES.duplicateSourceEntries,
    "The object that was found is linked to another object of the source.",
  )
}

function severalTargets(path: string, found: readonly string[]): MatchOutcome {
  const reason = `${found.length} objects in the target have this ${path}.`
  return { kind: "failed", error: toError(ERROR_CODES.duplicateTargetEntries, reason), found }
}

function toError(code: string, reason: string): ProvisioningError {
  return { code, reason, category: "nonServiceFailure", httpStatus: null }
}
