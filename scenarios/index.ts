/** The public face of scenarios/: the catalogue of cases, and the runner. */

// Writing cases
export { check, scenario, type Case, type Check, type Need, type Scenario, type Suite } from "./define.ts"
export { ALL_CASES } from "./registry.ts"

// Running them
export { runCases, countRequests, type RunEvent, type RunOptions, type RunResult } from "./run.ts"
export { DIALECTS, planCases, selectCases, SUITES, type PlannedCase, type Selection } from "./select.ts"
export type { Adopted } from "./adoption.ts"
export type { GivenDirectory } from "./given-directory.ts"
export type { Credentials, EmbeddedSource, ExternalSource, InProcessSource, TargetSource } from "./target-source.ts"
export { runIdOf } from "./naming.ts"
export { toBaseUrl } from "./shared-session.ts"
export { preflight } from "./preflight.ts"
export { createRedactor, type Redactor } from "./redaction.ts"
