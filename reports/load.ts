/** What a load profile measured: the section `load` of a report. Times are real, in milliseconds. */
import { z } from "zod"

const stepSchema = z.strictObject({
  /** The provisioning service's step: create-user, add-member … */
  step: z.string(),
  /** Answers, those that were throttled not counted. */
  requests: z.number(),
  /** Answers that were not what the plan expects. */
  errors: z.number(),
  /** Answers 429, each waited out and repeated. */
  throttled: z.number(),
  minMs: z.number(),
  p50Ms: z.number(),
  p90Ms: z.number(),
  p95Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
  /** What its p95 is held against. */
  p95LimitMs: z.number(),
  /** p95 over the time of the load, one value a bucket of the timeline; null where nothing was sent. */
  p95PointsMs: z.array(z.number().nullable()),
})

const tenantSchema = z.strictObject({
  name: z.string(),
  /** Sent without regard for the others, and is not measured with them. */
  noisy: z.boolean(),
  requests: z.number(),
  requestsPerSecond: z.number(),
  p95Ms: z.number(),
  errors: z.number(),
  throttled: z.number(),
})

const rateSchema = z.strictObject({
  /** Requests a second: what was tried, and what came of it. */
  wanted: z.number(),
  sent: z.number(),
  p95Ms: z.number(),
  errors: z.number(),
  end: z.enum(["p95", "errors", "throttled", "behind"]).nullable(),
})

const endStateSchema = z.strictObject({
  /** How much was compared. */
  people: z.number(),
  groups: z.number(),
  members: z.number(),
  /** How much was not as planned. */
  differences: z.number(),
})

export const loadSchema = z.strictObject({
  profile: z.string(),
  about: z.string(),
  outcome: z.enum(["kept", "warned", "broken", "incomplete"]),
  /** The verdict on the load in one sentence. */
  sentence: z.string(),
  dialect: z.enum(["entra", "entra-optscim"]),
  /** People in each tenant. */
  users: z.number(),
  /** Version of k6. */
  k6: z.string(),
  durationMs: z.number(),
  /** Requests that brought the endpoint to where the load began; not measured. */
  prepared: z.number(),
  requests: z.number(),
  requestsPerSecond: z.number(),
  errors: z.number(),
  throttled: z.number(),
  /** Requests of the plan that could not be sent. */
  unsent: z.number(),
  steps: z.array(stepSchema),
  tenants: z.array(tenantSchema),
  /** Buckets of equal length over the load. */
  timeline: z.strictObject({
    bucketMs: z.number(),
    requests: z.array(z.number()),
    errors: z.array(z.number()),
    throttled: z.array(z.number()),
  }),
  /** The steps of a rising rate. */
  rates: z.array(rateSchema).optional(),
  /** Absent where it could not be read. */
  endState: endStateSchema.optional(),
})
export type Load = z.infer<typeof loadSchema>
export type LoadStep = z.infer<typeof stepSchema>
