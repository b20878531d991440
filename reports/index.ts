/** The public face of reports/: the result model and its renderers. */
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
  type Report,
  type Requirement,
  type Step,
  type Summary,
  type Verdict,
} from "./model.ts"
