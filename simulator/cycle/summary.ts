/** What a cycle was and did, for reports and for Graph's synchronizationTaskExecution. */
import type { CycleCounts, CycleKind } from "./context.ts"

export interface CycleSummary {
  /** The cycle's id; the portal calls it Activity ID (ENG-CYCLE-17). */
  readonly id: string
  readonly kind: CycleKind
  /** RFC 3339. */
  readonly startedAt: string
  readonly endedAt: string
  readonly counts: Readonly<CycleCounts> & {
    /** Escrows open at its end (ENG-RETRY-08, documented). */
    readonly escrowed: number
    /** Of those, the ones that only wait for another object: system-generated (ENG-RETRY-08; which are meant is inferred). */
    readonly escrowedBySystem: number
  }
  /** EntryLevelErrors: it ran to its end, but some object failed (GRAPH-625, documented). */
  readonly state: "Succeeded" | "EntryLevelErrors" | "Failed"
  /** Why the cycle failed as a whole; null where it did not. */
  readonly error: { readonly code: string; readonly message: string } | null
}

export function newCounts(): CycleCounts {
  return {
    imported: 0,
    importedReferences: 0,
    inScope: 0,
    created: 0,
    updated: 0,
    disabled: 0,
    deleted: 0,
    skipped: 0,
    failed: 0,
    requests: 0,
  }
}
