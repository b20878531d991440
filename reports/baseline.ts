/**
 * The baseline: failures that are known and accepted, each with its reason, committed beside the code. Only new failures
 * break a build, and the list can only shrink: an entry that no longer fails is news too, and has to go.
 */
import { z } from "zod"
import type { CaseResult, Report } from "./model.ts"
import { severityOf } from "./status.ts"

const entrySchema = z.strictObject({
  /** Key of the case. */
  key: z.string().min(1),
  /** Code of the finding. */
  code: z.string().min(1),
  /** Why it is accepted. */
  reason: z.string(),
  /** Where it is followed up: a URL or number; empty where nobody does. */
  issue: z.string(),
})
export type BaselineEntry = z.infer<typeof entrySchema>

export const baselineSchema = z.strictObject({ version: z.literal(1), entries: z.array(entrySchema) })
export type Baseline = z.infer<typeof baselineSchema>

/** What a baseline says of a run: cases marked as known, and the comparison that the report carries. */
export interface BaselineComparison {
  readonly cases: CaseResult[]
  readonly baseline: NonNullable<Report["baseline"]>
}

/**
 * Compares a run with a baseline. A failed case is known when all of its failing findings are entries. An entry is fixed
 * when its case ran to the end and no longer has such a finding, be it as a failure or a warning; entries of cases that did
 * not run, were skipped or errored are left alone. Findings are named `key code`.
 */
export function compareWithBaseline(cases: readonly CaseResult[], baseline: Baseline): BaselineComparison {
  const accepted = new Set(baseline.entries.map(nameOf))
  const failing = new Set(cases.flatMap(failuresOf).map(nameOf))
  return {
    cases: cases.map((result) =>
      result.status === "failed" && failuresOf(result).every((failure) => accepted.has(nameOf(failure)))
        ? { ...result, known: true }
        : result,
    ),
    baseline: {
      new: [...failing].filter((name) => !accepted.has(name)),
      known: [...failing].filter((name) => accepted.has(name)),
      fixed: fixedEntries(cases, baseline).map(nameOf),
    },
  }
}

/** The baseline without the entries that this run has fixed: never with more. */
export function shrinkBaseline(baseline: Baseline, cases: readonly CaseResult[]): Baseline {
  const fixed = new Set(fixedEntries(cases, baseline).map(nameOf))
  return { version: 1, entries: baseline.entries.filter((entry) => !fixed.has(nameOf(entry))) }
}

/** A first baseline: all that fails now. People write the reasons. */
export function createBaseline(cases: readonly CaseResult[]): Baseline {
  const named = new Map(cases.flatMap(failuresOf).map((failure) => [nameOf(failure), failure]))
  return { version: 1, entries: [...named.values()].map(({ key, code }) => ({ key, code, reason: "", issue: "" })) }
}

/** The text of a baseline file. */
export function renderBaseline(baseline: Baseline): string {
  return `${JSON.stringify(baseline, null, 2)}\n`
}

interface Failure {
  readonly key: string
  readonly code: string
}

function nameOf({ key, code }: Failure): string {
  return `${key} ${code}`
}

function failuresOf(result: CaseResult): readonly Failure[] {
  if (result.status !== "failed") return []
  return result.findings
    .filter((finding) => severityOf(finding, result.requirement) === "failure")
    .map(({ code }) => ({ key: result.key, code }))
}

function fixedEntries(cases: readonly CaseResult[], baseline: Baseline): readonly BaselineEntry[] {
  const byKey = new Map(cases.map((result) => [result.key, result]))
  return baseline.entries.filter((entry) => {
    const result = byKey.get(entry.key)
    if (result === undefined || result.status === "skipped" || result.status === "errored") return false
    return !result.findings.some(
      (finding) => finding.code === entry.code && severityOf(finding, result.requirement) !== "note",
    )
  })
}
