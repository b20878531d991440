/** What the expressions of one object may depend on beside the object itself. */
import type { AppRoleAssignment, EvaluationContext } from "../mapping/functions/definition.ts"
import type { SourceDirectory, SourceEntry } from "./source.ts"

/** What the evaluations of a cycle share. */
export type EvaluationBasis = Omit<EvaluationContext, "defaultDomain" | "appRoleAssignments"> & {
  readonly source: Pick<SourceDirectory, "defaultDomain">
}

/**
 * Default domain and roles cost reads of the directory and few mappings ask for them, so they are read when asked for. A class, since an
 * object with getters of its own costs more to make than most mappings to evaluate.
 */
export class ObjectEvaluation implements EvaluationContext {
  readonly clock: EvaluationContext["clock"]
  readonly random: EvaluationContext["random"]
  readonly ids: EvaluationContext["ids"]
  readonly taken: readonly string[]
  readonly switches: NonNullable<EvaluationContext["switches"]>
  readonly #source: EvaluationBasis["source"]
  readonly #entry: Pick<SourceEntry, "appRoles">

  constructor({ clock, random, ids, taken, switches = {}, source }: EvaluationBasis, entry: SourceEntry) {
    this.clock = clock
    this.random = random
    this.ids = ids
    this.taken = taken
    this.switches = switches
    this.#source = source
    this.#entry = entry
  }

  get defaultDomain(): string | null {
    return this.#source.defaultDomain()
  }

  get appRoleAssignments(): readonly AppRoleAssignment[] {
    return this.#entry.appRoles()
  }
}
