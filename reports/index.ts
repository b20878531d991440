/** The public face of reports/: the result model, what follows from it, and its renderers. */
export {
  baselineSchema,
  compareWithBaseline,
  createBaseline,
  renderBaseline,
  shrinkBaseline,
  type Baseline,
  type BaselineComparison,
  type BaselineEntry,
} from "./baseline.ts"
export { buildReport, type ReportInput } from "./build.ts"
export {
  reportSchema,
  type Capability,
  type CaseResult,
  type CaseStatus,
  type Cause,
  type Client,
  type Confidence,
  type Cycle,
  type Dialect,
  type Exchange,
  type Finding,
  type NotRun,
  type Report,
  type Requirement,
  type Severity,
  type Step,
  type Summary,
  type Verdict,
} from "./model.ts"
export { type Load, type LoadStep } from "./load.ts"
export { parseReport, ReportParseError } from "./parse.ts"
export { oneLine } from "./printable.ts"
export { rendererNames, renderReport, type RenderOptions } from "./render.ts"
export { requirementLabel, requirementLink } from "./requirement.ts"
export { renderReportSchema } from "./schema.ts"
export { severityOf, statusOf } from "./status.ts"
export { grouped } from "./wording.ts"
