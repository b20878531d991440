/** What the writers of references share: the object that holds them, how far they came, and who a source id is in the target. */
import { ERROR_CODES, type ProvisioningError } from "../dialect/errors.ts"
import type { LogModifiedProperty } from "../log/entry.ts"
import type { CycleContext } from "./context.ts"
import type { ObjectPlan } from "./mapping-plan.ts"
import type { SourceEntry } from "./source.ts"
import type { QueuedOwner } from "./reference-store.ts"
import type { Link } from "./store.ts"

/** An object in scope whose references are being written. */
export interface ReferenceOwner extends QueuedOwner {
  readonly link: Link
  readonly entry: SourceEntry
  readonly plan: ObjectPlan
}

export interface ReferenceProgress {
  readonly modified: LogModifiedProperty[]
  /** Source ids that could not be resolved, by path. */
  readonly unresolved: Map<string, string[]>
  /** The last failure. What failed stays pending and goes to escrow. */
  error: ProvisioningError | null
}

export function newProgress(): ReferenceProgress {
  return { modified: [], unresolved: new Map(), error: null }
}

/**
 * What a referenced object is to the target: an id; `outOfScope`, dropped and logged (ENG-REF-03, -04); or `failed`, in scope but
 * not created yet because of a failure, tried again with the reference's own escrow (ENG-REF-09, inferred).
 */
export type Resolution =
  | { readonly kind: "resolved"; readonly targetId: string }
  | { readonly kind: "outOfScope" }
  | { readonly kind: "failed" }

/** A member may be a user or a group that is provisioned itself (WIRE-174). */
export function resolve({ store }: CycleContext, sourceId: string): Resolution {
  const link = store.link("User", sourceId) ?? store.link("Group", sourceId)
  if (link !== null)
    return link.state === "active" ? { kind: "resolved", targetId: link.targetId } : { kind: "outOfScope" }
  const escrow = store.escrow("User", sourceId) ?? store.escrow("Group", sourceId)
  return { kind: escrow === null ? "outOfScope" : "failed" }
}

/** Notes a source id that is left out. */
export function leaveOut(progress: ReferenceProgress, path: string, sourceId: string): void {
  const ids = progress.unresolved.get(path)
  if (ids === undefined) progress.unresolved.set(path, [sourceId])
  else ids.push(sourceId)
}

/** The failure of a reference whose object failed itself. */
export function unresolvableError(sourceId: string): ProvisioningError {
  return {
    code: ERROR_CODES.unresolvedReference,
    reason: `The referenced object ${sourceId} is in scope but has not been provisioned yet.`,
    category: "failure",
    httpStatus: null,
  }
}
