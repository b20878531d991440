/** Run data in, report out. */
import { causesOf } from "./causes.ts"
import { capEvidence } from "./evidence.ts"
import { FOOTER } from "./footer.ts"
import type { Report } from "./model.ts"
import { summaryOf } from "./summary.ts"
import { verdictsOf } from "./verdict.ts"

/** What a run recorded; the rest of the report follows from it. */
export interface ReportInput extends Pick<
  Report,
  "tool" | "machine" | "run" | "target" | "cases" | "exchanges" | "cycles" | "provisioningLogs" | "leftovers"
> {
  /** Cases of the catalogue that this run left out, with the reason: without them a verdict would overstate. */
  readonly notRun: NonNullable<Report["notRun"]>
  /** `capped` (default) keeps what design.md's "The report" says; `all` keeps everything. */
  readonly evidence?: "capped" | "all"
  readonly baseline?: Report["baseline"]
  readonly load?: Report["load"]
}

/** Judges and counts: verdicts, causes and summary are functions of the cases. */
export function buildReport({ evidence = "capped", baseline, load, ...run }: ReportInput): Report {
  return {
    version: 1,
    tool: run.tool,
    machine: run.machine,
    run: run.run,
    target: run.target,
    verdicts: verdictsOf(run.cases, run.notRun),
    summary: summaryOf(run.cases),
    causes: causesOf(run.cases),
    cases: run.cases,
    ...(run.notRun.length > 0 && { notRun: run.notRun }),
    exchanges: evidence === "all" ? run.exchanges : capEvidence(run.exchanges, run.cases),
    cycles: run.cycles,
    provisioningLogs: run.provisioningLogs,
    ...(baseline && { baseline }),
    leftovers: run.leftovers,
    ...(load && { load }),
    footer: [...FOOTER],
  }
}
