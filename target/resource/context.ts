/** What the operations on resources need, put together once when the target starts. */
import type { Clock, IdSource } from "../../protocol/index.ts"
import type { Limits } from "../limits.ts"
import { badRequest, notFound, ScimError } from "../scim-error.ts"
import { UniquenessError } from "../store/resource-store.ts"
import type { ResourceStore, StoredResource } from "../store/resource-store.ts"
import type { Tolerances } from "../tolerances.ts"
import type { SecretHasher } from "./secrets.ts"
import type { ResourceShape } from "./shape.ts"

export interface ResourceContext {
  readonly store: ResourceStore
  readonly clock: Clock
  readonly ids: IdSource
  readonly tolerances: Tolerances
  /** Indexes that are unique here though the schema does not say so. */
  readonly uniqueNames: ReadonlySet<string>
  readonly hashSecret: SecretHasher
  readonly limits: Limits
}

/** Looks at a resource before it is changed; throws where the request's conditions do not hold (If-Match). */
export type Precondition = (current: StoredResource) => void

/** @throws ScimError 404 */
export function mustFind({ store }: ResourceContext, shape: ResourceShape, id: string): StoredResource {
  const stored = store.find(shape.type.name, id)
  if (stored === undefined) throw missingResource(shape, id)
  return stored
}

/** The error for an id that no resource of the type has. */
export function missingResource({ type }: ResourceShape, id: string): ScimError {
  return notFound(`There is no ${type.name} with the id ${id}.`)
}

/**
 * The places of resources by their ids.
 *
 * @throws ScimError 400 invalidValue where an id is unknown: members must exist (RFC7643-2.3.7-05; P-group-21, contested).
 */
export function mustFindSeqs({ store }: ResourceContext, ids: readonly string[]): readonly number[] {
  return ids.map((id) => {
    const seq = store.findSeq(id)
    if (seq === undefined) throw badRequest("invalidValue", `There is no resource with the id ${id} to be a member.`)
    return seq
  })
}

/** Stores something. @throws ScimError 409 uniqueness where a value is taken (RFC7644-3.3-07, C-38) */
export function storing<T>(store: () => T): T {
  try {
    return store()
  } catch (error) {
    if (!(error instanceof UniquenessError)) throw error
    const attribute = error.index.split(".").slice(1).join(".")
    throw new ScimError(409, `Another resource has this ${attribute} already.`, {
      scimType: "uniqueness",
      cause: error,
    })
  }
}
