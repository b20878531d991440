/** What a run could not say, and why: never hidden, never counted as passed. */
import type { CaseResult, NotRun, Requirement } from "./model.ts"

/** Something that was not tested for real. `reason` reads on after "because". */
export interface Untested {
  readonly key: string
  readonly title: string
  readonly requirement: Requirement
  readonly reason: string
  readonly kind: "skipped" | "errored" | "not-run" | "simulated" | "not-applicable"
}

/** Untested cases that share a reason. */
export interface UntestedGroup {
  readonly reason: string
  readonly kind: Untested["kind"]
  readonly cases: readonly Untested[]
}

/**
 * The cases that say nothing about the real endpoint: skipped, errored by our own fault, not run at all, or with a fault
 * standing in for the endpoint. A simulated case that failed or warned did say something and is not among them, nor is one
 * that does not apply.
 */
export function untestedOf(cases: readonly CaseResult[], notRun: readonly NotRun[]): Untested[] {
  return [
    ...cases.flatMap((result) => untestedCase(result) ?? []),
    ...notRun.map(({ key, title, requirement, reason }): Untested => ({
      key,
      title,
      requirement,
      reason,
      kind: "not-run",
    })),
  ]
}

function untestedCase(result: CaseResult): Untested | undefined {
  if (result.notApplicable === true) return undefined
  if (result.status === "skipped") return skipped(result, "skipped")
  const { key, title, requirement } = result
  if (result.status === "errored") {
    return {
      key,
      title,
      requirement,
      kind: "errored",
      reason: "scimulate itself failed there (our fault, not the endpoint's)",
    }
  }
  if (result.status === "passed" && result.simulated === true) {
    return { key, title, requirement, kind: "simulated", reason: "a fault stood in for the endpoint" }
  }
  return undefined
}

/** The cases that ask nothing of this endpoint: they are about optional features that it says it lacks. */
export function notApplicableOf(cases: readonly CaseResult[]): Untested[] {
  return cases.filter(({ notApplicable }) => notApplicable === true).map((result) => skipped(result, "not-applicable"))
}

function skipped({ key, title, requirement, skipReason }: CaseResult, kind: Untested["kind"]): Untested {
  return { key, title, requirement, kind, reason: skipReason ?? "no reason was recorded" }
}

/** Groups by reason, the largest group first. */
export function untestedGroups(untested: readonly Untested[]): UntestedGroup[] {
  return [...Map.groupBy(untested, ({ kind, reason }) => `${kind} ${reason}`).values()]
    .flatMap(([first, ...others]) =>
      first === undefined ? [] : { reason: first.reason, kind: first.kind, cases: [first, ...others] },
    )
    .toSorted((a, b) => b.cases.length - a.cases.length)
}
