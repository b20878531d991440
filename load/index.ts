/** The public face of load/: profiles, the plan they send, and what the numbers mean. */
export { findProfile, PROFILES, type Profile } from "./catalogue.ts"
export { findK6 } from "./k6/find-k6.ts"
export { type LoadEndpoint, type LoadResult, runLoad, type Stage } from "./load.ts"
export { buildPlan } from "./plan/build.ts"
export { type LoadPlan } from "./plan/plan.ts"
export { type Measurement } from "./verdict/measure.ts"
export { DEFAULT_THRESHOLDS, parseThresholds, type Thresholds } from "./verdict/thresholds.ts"
export { findLoadTopic, loadTopicNames, type LoadTopic } from "./topics.ts"
