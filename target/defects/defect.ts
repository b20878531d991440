/**
 * The shape of a defect: one known way in which real endpoints go wrong, switched on in front of the reference target.
 * A defect wraps the fetch handler, so that the target itself stays free of switches: it may change the request on its way
 * in, the answer on its way out, or answer alone. Each defect is tripped by at least one case (scenarios/).
 */
import type { Clock } from "../../protocol/time.ts"

export type FetchHandler = (request: Request) => Promise<Response>

export interface DefectTools {
  readonly clock: Clock
}

export interface Defect {
  /** Kebab-case, stable. */
  readonly name: string
  /** What such an endpoint does, as a sentence. */
  readonly title: string
  /** Who was seen doing it, or why it is common: a public thread or fact id. */
  readonly seen: string
  /** What catching it must cost: a must or entra defect fails the run, a should defect warns. */
  readonly level: "must" | "entra" | "should"
  wrap(next: FetchHandler, tools: DefectTools): FetchHandler
}

/** Declares a defect. */
export function defect(definition: Defect): Defect {
  return definition
}
