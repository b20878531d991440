/** The public face of load/: profiles, the plan they send, and what the numbers mean. */
export { findProfile, PROFILES, type Profile, type ProfileName } from "./catalogue.ts"
export { findK6, type FoundK6 } from "./k6/find-k6.ts"
export { type LoadEndpoint, type LoadOptions, type LoadResult, runLoad, type Stage } from "./load.ts"
export { buildPlan, type PlanOptions } from "./plan/build.ts"
export { type LoadPlan } from "./plan/plan.ts"
export { type Measurement } from "./verdict/measure.ts"
export { DEFAULT_THRESHOLDS, parseThresholds, type Thresholds } from "./verdict/thresholds.ts"
